// Datasets: listed, found, made.

#include "schema/queries/audit.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/container_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

constexpr std::string_view in_project = R"sql(exists (
  select from links as l
   where l.parent_id = :parent and l.child_id = c.id and l.kind = 1))sql";

constexpr std::string_view in_no_project = R"sql(not exists (
  select from links as l
   where l.child_id = c.id and l.kind = 1))sql";

} // namespace

page<container> run(soci::session& sql, const list_datasets& q) {
  container_scope which{.table = "datasets", .owner = q.owner};
  if (q.project) {
    require_seen(sql, q.who, object_type::project, *q.project);
    which.scope = in_project;
    which.parent = *q.project;
  } else if (q.orphaned) {
    which.scope = in_no_project;
  }
  return list_containers(sql, which, q.who, q.page);
}

dataset_details run(soci::session& sql, const find_dataset& q) {
  dataset_details found;
  found.self = read_container(sql, "datasets", q.who, q.dataset);
  auto who = to_sql(q.who);
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select p.id, p.name
      from links as l
      join projects as p on p.id = l.parent_id
     where l.child_id = :dataset and l.kind = 1
       and visible(p.owner_id, p.group_id, cast(:who as viewer))
     order by p.name collate nat, p.id)sql",
                                  soci::use(q.dataset, "dataset"), soci::use(who, "who"));
  for (const auto& row : rows)
    found.projects.push_back({int64_of(row, "id"), text_of(row, "name")});
  return found;
}

container run(soci::session& sql, const create_dataset& q) {
  check_name("name", q.name);
  check_text("description", q.description);
  auto who = to_sql(q.who);
  int in_a_project = q.project.has_value();
  int64_t project = q.project.value_or(0), dataset = 0;
  sql << R"sql(
    with home as (
      select p.id
        from projects as p
       where p.id = :project and p.group_id = :group
         and editable(p.owner_id, p.group_id, cast(:who as viewer))
    ), made as (
      insert into datasets (owner_id, group_id, name, description)
      select :owner, :group, :name, :description
       where cast(:in_a_project as integer) = 0 or exists (select from home)
      returning id, owner_id, group_id
    ), linked as (
      insert into links (parent_id, child_id, kind, group_id, owner_id)
      select home.id, made.id, 1, made.group_id, made.owner_id
        from home, made
    ), noted as (
      insert into audits (account_id, action, kind, object_id, group_id)
      select owner_id, :action, :kind, id, group_id
        from made
    )
    select id
      from made)sql",
    soci::use(who, "who"), soci::use(in_a_project, "in_a_project"),
    soci::use(project, "project"), soci::use(q.who.account, "owner"),
    soci::use(q.who.group, "group"), soci::use(q.name, "name"),
    soci::use(q.description, "description"), soci::use(audit_action::create, "action"),
    soci::use(object_kind::dataset, "kind"), soci::into(dataset);
  if (!sql.got_data())
    throw failure{errc::not_found, "project " + std::to_string(project)};
  return read_container(sql, "datasets", q.who, dataset);
}

} // namespace troupe
