// A group's words and level, and what becoming private costs.

#include "schema/queries/audit.hpp"
#include "schema/queries/group_rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// What others left on people's objects, in the order in which it goes.
struct loss {
  int64_t level_losses::*count;
  const char* statement;
};
const loss losses[] = {
  {&level_losses::settings, R"sql(
    with gone as (
      delete from renderings as r
       using images as i
       where i.id = r.image_id and i.group_id = :group and r.owner_id <> i.owner_id
      returning r.id
    )
    select count(*) from gone)sql"},
  {&level_losses::rois, R"sql(
    with gone as (
      delete from rois as r
       using images as i
       where i.id = r.image_id and i.group_id = :group and r.owner_id <> i.owner_id
      returning r.id
    )
    select count(*) from gone)sql"},
  {&level_losses::annotation_links, R"sql(
    with gone as (
      delete from annotation_links as l
       using objects as o, annotations as a
       where l.group_id = :group and o.kind = l.kind and o.id = l.parent_id
         and a.id = l.child_id
         and (o.owner_id <> l.owner_id or o.owner_id <> a.owner_id)
      returning l.child_id
    )
    select count(*) from gone)sql"},
  {&level_losses::links, R"sql(
    with gone as (
      delete from links as l
       using link_kinds as k, objects as p, objects as c
       where l.group_id = :group and k.kind = l.kind
         and p.kind = k.parent_kind and p.id = l.parent_id
         and c.kind = k.child_kind and c.id = l.child_id
         and p.owner_id <> c.owner_id
      returning l.child_id
    )
    select count(*) from gone)sql"},
  {&level_losses::comments, R"sql(
    with gone as (
      delete from annotations as a
       where a.group_id = :group and a.kind = 2
         and not exists (select from annotation_links as l where l.child_id = a.id)
      returning a.id
    )
    select count(*) from gone)sql"},
};

int64_t shared_plates(soci::session& sql, int64_t group) {
  int64_t plates = 0;
  sql << R"sql(
    select count(distinct p.id)
      from plates as p
      join wells as w on w.plate_id = p.id
      join fields as f on f.well_id = w.id
      join images as i on i.id = f.image_id
     where p.group_id = :group and i.owner_id <> p.owner_id)sql",
    soci::use(group, "group"), soci::into(plates);
  return plates;
}

level_losses become_private(soci::session& sql, int64_t group) {
  level_losses lost;
  lost.plates = shared_plates(sql, group);
  for (auto& l : losses)
    sql << l.statement, soci::use(group, "group"), soci::into(lost.*l.count);
  return lost;
}

void check(const change_group& q, const group_record& now) {
  const bool admin = q.who.may(privilege::modify_group);
  if (!admin && !q.who.leads(q.group))
    throw failure{errc::denied, fmt::format("only leaders of group {} and administrators "
                                            "change it",
                                            q.group)};
  if (q.name && *q.name != now.name) {
    check_name("name", *q.name);
    if (!admin)
      throw failure{errc::denied, "only administrators rename groups"};
    if (now.system)
      throw failure{errc::conflict, "group " + now.name + " keeps its name"};
  }
  if (q.description)
    check_text("description", *q.description);
  if (q.level && *q.level != now.level) {
    if (*q.level == group_level::write && !admin)
      throw failure{errc::denied, "only administrators let members write"};
    if (now.name == "system" || now.name == "user")
      throw failure{errc::conflict, "group " + now.name + " keeps its level"};
  }
}

void write(soci::session& sql, const change_group& q, const group_record& now) {
  const auto name = q.name.value_or(now.name),
             description = q.description.value_or(now.description);
  const auto level = static_cast<int>(q.level.value_or(now.level));
  int taken = 0;
  sql << "select 1 from groups where name = :name and id <> :group",
    soci::use(name, "name"), soci::use(q.group, "group"), soci::into(taken);
  if (sql.got_data())
    throw failure{errc::conflict, "there is a group " + name + " already"};
  sql << R"sql(
    update groups set name = :name, description = :description, level = :level
     where id = :group)sql",
    soci::use(name, "name"), soci::use(description, "description"),
    soci::use(level, "level"), soci::use(q.group, "group");
}

} // namespace

group_change run(soci::session& sql, const change_group& q) {
  const auto now = run(sql, find_group{q.who, q.group}).self;
  check(q, now);
  // A preview does the work and then undoes it: what it tells is what would happen.
  if (q.preview)
    sql << "savepoint before_preview";
  group_change out;
  if (q.level && *q.level == group_level::private_ && now.level != *q.level)
    out.losses = become_private(sql, q.group);
  if (out.losses.plates > 0 && !q.preview)
    throw failure{errc::conflict,
                  fmt::format("{} plates show images of other owners: they would be torn "
                              "apart in a private group",
                              out.losses.plates)};
  write(sql, q, now);
  out.self = run(sql, find_group{q.who, q.group});
  if (q.preview) {
    sql << "rollback to savepoint before_preview";
    return out;
  }
  auto words = [](const group_record& g) {
    return nlohmann::json{{"name", g.name}, {"level", static_cast<int>(g.level)}};
  };
  note(sql, q.who,
       {audit_action::change,
        object_kind::group,
        {q.group},
        q.group,
        {{"before", words(now)}, {"after", words(out.self.self)}}});
  return out;
}

} // namespace troupe
