// Where an import goes: a project and a dataset by id or name.

#include "schema/queries/containers.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <charconv>

namespace troupe {

namespace {

// @returns nothing for what is a name.
std::optional<int64_t> id_of(const container_name& text) {
  int64_t id = 0;
  auto end = text.data() + text.size();
  auto [rest, error] = std::from_chars(text.data(), end, id);
  if (error != std::errc{} || rest != end || id <= 0)
    return std::nullopt;
  return id;
}

int64_t linkable(soci::session& sql, const char* table, const viewer& viewer,
                 int64_t id) {
  auto who = to_sql(viewer);
  int64_t found = 0;
  sql << std::string{"select c.id from "} + table + R"sql( as c
     where c.id = :id and c.group_id = :group
       and editable(c.owner_id, c.group_id, cast(:who as viewer)))sql",
    soci::use(id, "id"), soci::use(viewer.group, "group"), soci::use(who, "who"),
    soci::into(found);
  return found;
}

int64_t known(soci::session& sql, const char* table, const viewer& viewer, int64_t id) {
  auto found = linkable(sql, table, viewer, id);
  if (found == 0)
    throw failure{errc::not_found,
                  (table[0] == 'p' ? "project " : "dataset ") + std::to_string(id)};
  return found;
}

// The newest of that name.
int64_t project_called(soci::session& sql, const viewer& viewer,
                       const std::string& name) {
  auto who = to_sql(viewer);
  int64_t found = 0;
  sql << R"sql(
    select max(p.id)
      from projects as p
     where p.name = :name and p.group_id = :group
       and editable(p.owner_id, p.group_id, cast(:who as viewer))
    having count(*) > 0)sql",
    soci::use(name, "name"), soci::use(viewer.group, "group"), soci::use(who, "who"),
    soci::into(found);
  return found;
}

// The newest of that name, inside the project if there is one.
int64_t dataset_called(soci::session& sql, const viewer& viewer, const std::string& name,
                       int64_t project) {
  auto who = to_sql(viewer);
  int64_t found = 0;
  sql << R"sql(
    select max(d.id)
      from datasets as d
     where d.name = :name and d.group_id = :group
       and editable(d.owner_id, d.group_id, cast(:who as viewer))
       and (cast(:project as bigint) = 0
            or exists (select from links as l
                        where l.parent_id = :project and l.child_id = d.id and l.kind = 1))
    having count(*) > 0)sql",
    soci::use(name, "name"), soci::use(viewer.group, "group"), soci::use(who, "who"),
    soci::use(project, "project"), soci::into(found);
  return found;
}

int64_t project_for(soci::session& sql, const resolve_target& q) {
  if (q.project.empty())
    return 0;
  if (auto id = id_of(q.project))
    return known(sql, "projects", q.who, *id);
  check_name("project", q.project);
  if (auto found = project_called(sql, q.who, q.project))
    return found;
  return run(sql, create_project{q.who, q.project, ""}).id;
}

void link(soci::session& sql, const viewer& who, int64_t project, int64_t dataset) {
  sql << R"sql(
    insert into links (parent_id, child_id, kind, group_id, owner_id)
    values (:project, :dataset, 1, :group, :owner)
    on conflict do nothing)sql",
    soci::use(project, "project"), soci::use(dataset, "dataset"),
    soci::use(who.group, "group"), soci::use(who.account, "owner");
}

int64_t dataset_for(soci::session& sql, const resolve_target& q, int64_t project) {
  if (q.dataset.empty())
    return 0;
  if (auto id = id_of(q.dataset)) {
    auto found = known(sql, "datasets", q.who, *id);
    if (project != 0)
      link(sql, q.who, project, found);
    return found;
  }
  check_name("dataset", q.dataset);
  if (auto found = dataset_called(sql, q.who, q.dataset, project))
    return found;
  return run(sql, create_dataset{q.who, q.dataset, "",
                                 project ? std::optional{project} : std::nullopt})
    .id;
}

std::string name_of_dataset(soci::session& sql, int64_t dataset) {
  std::string name;
  if (dataset != 0)
    sql << "select name from datasets where id = :id", soci::use(dataset, "id"),
      soci::into(name);
  return name;
}

} // namespace

target run(soci::session& sql, const resolve_target& q) {
  // One at a time for an account: imports that start together must not make twins.
  sql << "select pg_advisory_xact_lock(hashtext('target'), hashint8(:account))",
    soci::use(q.who.account, "account");
  auto project = project_for(sql, q);
  auto dataset = dataset_for(sql, q, project);
  return {dataset, name_of_dataset(sql, dataset)};
}

} // namespace troupe
