// Screens and folders made; any container found; folders listed.

#include "schema/queries/audit.hpp"
#include "schema/queries/json_list.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

void put_in_folder(soci::session& sql, const viewer& who, int64_t parent, int64_t made) {
  run(sql, link_objects{.who = who,
                        .parent_type = object_type::folder,
                        .child_type = object_type::folder,
                        .parent = parent,
                        .children = {made}});
}

constexpr std::string_view folder_item = R"sql(json_build_object(
  'id', x.id, 'name', x.name, 'description', x.description,
  'owner', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
  'created', rfc3339(x.created), 'parent', x.parent_id,
  'folders', (select count(*)
                from folders as f
               where f.parent_id = x.id
                 and visible(f.owner_id, f.group_id, cast(:who as viewer))),
  'images', (select count(*)
               from links as l join images as i on i.id = l.child_id
              where l.parent_id = x.id and l.kind = 4
                and visible(i.owner_id, i.group_id, cast(:who as viewer))),
  'rois', (select count(*)
             from links as l join rois as r on r.id = l.child_id
            where l.parent_id = x.id and l.kind = 5
              and visible(r.owner_id, r.group_id, cast(:who as viewer)))))sql";

} // namespace

json_document run(soci::session& sql, const create_container& q) {
  if (q.type != object_type::screen && q.type != object_type::folder)
    throw failure{errc::bad_request,
                  fmt::format("a {} is not made this way", name_of(q.type))};
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  check_name("name", q.name);
  check_text("description", q.description);
  auto group = q.who.group;
  if (q.parent)
    group =
      require_right(sql, q.who, object_type::folder, *q.parent, right::link, "link into")
        .group;
  int64_t made = 0;
  sql << fmt::format(R"sql(
    insert into {} (owner_id, group_id, name, description)
    values (:owner, :group, :name, :description)
    returning id)sql",
                     table_of(q.type)),
    soci::use(q.who.account, "owner"), soci::use(group, "group"),
    soci::use(q.name, "name"), soci::use(q.description, "description"), soci::into(made);
  note(sql, q.who, {audit_action::create, object_kind::of(q.type), {made}, group});
  if (q.parent)
    put_in_folder(sql, q.who, *q.parent, made);
  return run(sql, find_container{q.who, q.type, made});
}

json_document run(soci::session& sql, const find_container& q) {
  constexpr object_type containers[] = {object_type::project, object_type::dataset,
                                        object_type::screen,  object_type::plate,
                                        object_type::folder,  object_type::image};
  if (std::find(std::begin(containers), std::end(containers), q.type)
      == std::end(containers))
    throw failure{errc::bad_request,
                  fmt::format("a {} is not asked for this way", name_of(q.type))};
  require_seen(sql, q.who, q.type, q.id);
  const auto who = to_sql(q.who);
  json_document found;
  sql << fmt::format(R"sql(
    select cast(json_build_object(
             'type', '{}', 'id', x.id, 'name', x.name, 'description', x.description,
             'owner', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
             'group', json_build_object('id', g.id, 'name', g.name),
             'created', rfc3339(x.created), 'updated', rfc3339(x.updated),
             'version', x.version,
             'rights', right_names(rights_on(x.owner_id, x.group_id, cast(:who as viewer))))
             as text)
      from {} as x
      join accounts as a on a.id = x.owner_id
      join groups as g on g.id = x.group_id
     where x.id = :id)sql",
                     name_of(q.type), table_of(q.type)),
    soci::use(who, "who"), soci::use(q.id, "id"), soci::into(found.text);
  return found;
}

page<json_item> run(soci::session& sql, const list_folders& q) {
  if (q.parent)
    require_seen(sql, q.who, object_type::folder, *q.parent);
  return list_json(sql,
                   {.name = "folders",
                    .item = folder_item,
                    .sort = "x.name",
                    .tables = "folders as x join accounts as a on a.id = x.owner_id",
                    .condition = q.parent ? "x.parent_id = :parent"
                                          : "x.parent_id is null and :parent = 0",
                    .parent = q.parent.value_or(0)},
                   q.who, q.page);
}

} // namespace troupe
