// Projects: listed, found, made.

#include "schema/queries/audit.hpp"
#include "schema/queries/container_rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

page<container> run(soci::session& sql, const list_projects& q) {
  return list_containers(sql, {.table = "projects", .owner = q.owner}, q.who, q.page);
}

container run(soci::session& sql, const find_project& q) {
  return read_container(sql, "projects", q.who, q.project);
}

container run(soci::session& sql, const create_project& q) {
  check_name("name", q.name);
  check_text("description", q.description);
  int64_t project = 0;
  sql << R"sql(
    with made as (
      insert into projects (owner_id, group_id, name, description)
      values (:owner, :group, :name, :description)
      returning id, owner_id, group_id
    ), noted as (
      insert into audits (account_id, action, kind, object_id, group_id)
      select owner_id, :action, :kind, id, group_id
        from made
    )
    select id
      from made)sql",
    soci::use(q.who.account, "owner"), soci::use(q.who.group, "group"),
    soci::use(q.name, "name"), soci::use(q.description, "description"),
    soci::use(audit_action::create, "action"), soci::use(object_kind::project, "kind"),
    soci::into(project);
  return run(sql, find_project{q.who, project});
}

} // namespace troupe
