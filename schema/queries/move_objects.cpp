// Objects into another group.

#include "schema/queries/audit.hpp"
#include "schema/queries/keys_as_sets.hpp"
#include "schema/queries/moves.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/subgraph.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

struct target_group {
  int level = 0, member = 0;
};

target_group find_target(soci::session& sql, const move_objects& q) {
  target_group out;
  sql << R"sql(
    select g.level, cast(exists (select from memberships as m
                                  where m.group_id = g.id and m.account_id = :account)
                         as integer)
      from groups as g
     where g.id = :group)sql",
    soci::use(q.who.author, "account"), soci::use(q.group, "group"),
    soci::into(out.level), soci::into(out.member);
  const bool known = sql.got_data();
  const bool anywhere = q.who.may(privilege::move);
  if (!known || (!out.member && !anywhere && !q.who.everything))
    throw failure{errc::not_found, fmt::format("group {}", q.group)};
  if (!out.member && !anywhere)
    throw failure{errc::denied, fmt::format("you are not in group {}", q.group)};
  return out;
}

/// In a private group nobody has things on others' data.
void make_private(soci::session& sql) {
  int64_t regions = 0;
  sql << R"sql(
    select count(*)
      from going as g
      join rois as r on r.id = g.id
      join images as i on i.id = r.image_id
     where g.kind = 8 and i.owner_id <> r.owner_id)sql",
    soci::into(regions);
  if (regions > 0)
    throw failure{
      errc::conflict,
      fmt::format("{} regions are other people's than their images: a private "
                  "group does not take them",
                  regions)};
  sql << R"sql(
    delete from going
     where kind = 4 and not chosen
       and owner_id not in (select owner_id from going where kind in (1, 2, 3, 5, 6, 7)))sql";
  sql << R"sql(
    delete from renderings as r
     using images as i, going as g
     where g.kind = 3 and i.id = g.id and r.image_id = i.id and r.owner_id <> i.owner_id)sql";
}

/// An annotation whose file others share stays with it.
void leave_shared_files(soci::session& sql) {
  sql << R"sql(
    delete from going as g
     using annotations as a
     where g.kind = 4 and a.id = g.id and a.attachment_id is not null
       and not exists (select from going as t where t.kind = 0 and t.id = a.attachment_id))sql";
}

/// Rows of a table that join one that goes and one that stays.
int64_t cut(soci::session& sql, const std::string& table, const std::string& kind,
            const std::string& parent, const std::string& child) {
  int64_t rows = 0;
  sql << fmt::format(R"sql(
    with gone as (
      delete from {0} as t where {1} and {2} and not {3} returning 1
    ), lone as (
      delete from {0} as t where {1} and {3} and not {2} returning 1
    )
    select (select count(*) from gone) + (select count(*) from lone))sql",
                     table, kind, parent, child),
    soci::into(rows);
  return rows;
}

int64_t cut_links(soci::session& sql) {
  constexpr int ends[][3] = {{1, 1, 2}, {2, 2, 3}, {3, 5, 6}, {4, 7, 3}, {5, 7, 8}};
  int64_t rows = 0;
  for (auto& [kind, parent, child] : ends)
    rows +=
      cut(sql, "links", fmt::format("t.kind = {}", kind),
          fmt::format("t.parent_id in (select id from going where kind = {})", parent),
          fmt::format("t.child_id in (select id from going where kind = {})", child));
  rows += cut(sql, "well_reagents", "true",
              "t.well_id in (select id from going where kind = 10)",
              "t.reagent_id in (select id from going where kind = 14)");
  return rows;
}

int64_t cut_annotations(soci::session& sql, nlohmann::json& left_behind) {
  sql << R"sql(
    create temporary table unlinked (id bigint not null) on commit drop)sql";
  int64_t rows = 0;
  for (int kind = 1; kind <= object_types; ++kind) {
    int64_t some = 0;
    sql << fmt::format(R"sql(
    with gone as (
      delete from annotation_links as t
       where t.kind = {0}
         and t.parent_id in (select id from going where kind = {0})
         and t.child_id not in (select id from going where kind = 4)
      returning t.child_id
    ), noted as (
      insert into unlinked (id) select distinct child_id from gone
    )
    select count(*) from gone)sql",
                       kind),
      soci::into(some);
    rows += some;
    sql << fmt::format(R"sql(
    with gone as (
      delete from annotation_links as t
       where t.kind = {0}
         and t.child_id in (select id from going where kind = 4)
         and t.parent_id not in (select id from going where kind = {0})
      returning 1
    )
    select count(*) from gone)sql",
                       kind),
      soci::into(some);
    rows += some;
  }
  std::string list;
  sql << R"sql(
    select cast(coalesce(json_agg(json_build_object('id', x.id, 'text', x.words)), '[]')
                as text)
      from (select a.id, coalesce(a.text_value, a.description) as words
              from annotations as a
             where a.id in (select id from unlinked)
             order by a.id
             limit 1000) as x)sql",
    soci::into(list);
  left_behind = nlohmann::json::parse(list);
  return rows;
}

void cut_pointers(soci::session& sql) {
  for (auto statement : {R"sql(
    update folders as f set parent_id = null
     where f.parent_id is not null
       and (f.id in (select id from going where kind = 7))
           <> (f.parent_id in (select id from going where kind = 7)))sql",
                         R"sql(
    update imports as i set dataset_id = null
     where i.dataset_id in (select id from going where kind = 2))sql"})
    sql << statement;
}

struct moved_rows {
  std::string_view table;
  std::string chosen; ///< condition on `t`
};

/// Everything that carries the group.
std::vector<moved_rows> rows_with_group() {
  struct {
    const char* table;
    const char* column;
    int kind;
  } constexpr moved[] = {{"projects", "id", 1},
                         {"datasets", "id", 2},
                         {"filesets", "id", 9},
                         {"images", "id", 3},
                         {"screens", "id", 5},
                         {"plates", "id", 6},
                         {"wells", "id", 10},
                         {"fields", "well_id", 10},
                         {"folders", "id", 7},
                         {"rois", "id", 8},
                         {"attachments", "id", 0},
                         {"annotations", "id", 4},
                         {"annotation_links", "child_id", 4}};
  std::vector<moved_rows> out;
  for (auto& m : moved)
    out.push_back(
      {m.table, fmt::format("t.{} in (select g.id from going as g where g.kind = {})",
                            m.column, m.kind)});
  constexpr int children[][2] = {{1, 2}, {2, 3}, {3, 6}, {4, 3}, {5, 8}};
  for (auto& [kind, child] : children)
    out.push_back({"links", fmt::format("t.kind = {} and t.child_id in"
                                        " (select g.id from going as g where g.kind = {})",
                                        kind, child)});
  return out;
}

/// Keys that carry the group are checked when all of them have moved.
void set_group(soci::session& sql, int64_t group, int64_t rows) {
  keys_as_sets keys{sql, rows};
  sql << "set constraints all deferred";
  for (auto& m : rows_with_group())
    sql << fmt::format("update {} as t set group_id = :group where {}", m.table, m.chosen),
      soci::use(group, "group");
  sql << "set constraints all immediate";
  for (auto& m : rows_with_group())
    keys.check_of(m.table, m.chosen);
  for (int kind = 1; kind <= object_types; ++kind)
    keys.check_to(table_of(static_cast<object_type>(kind)),
                  fmt::format("select g.id from going as g where g.kind = {}", kind));
  keys.end();
}

} // namespace

json_document run(soci::session& sql, const move_objects& q) {
  if (q.type == object_type::roi)
    throw failure{errc::bad_request, "a roi goes with its image"};
  const auto target = find_target(sql, q);
  if (q.preview)
    sql << "savepoint before_preview";
  const auto staying = gather(sql, {q.who, q.type, q.ids, right::move, q.contents, {}});
  if (target.level == 0)
    make_private(sql);
  leave_shared_files(sql);
  if (!q.preview)
    require_some(sql, staying);
  const auto going = count_going(sql, q.who);
  nlohmann::json left_behind;
  const auto links = cut_links(sql), annotations = cut_annotations(sql, left_behind);
  cut_pointers(sql);
  note_going(sql, q.who, audit_action::moved, {{"to", q.group}});
  set_group(sql, q.group, all_rows(going));
  if (q.preview)
    sql << "rollback to savepoint before_preview";
  return {nlohmann::json{{"preview", q.preview},
                         {"counts", counts_json(going)},
                         {"others", others_json(going)},
                         {"blocked", staying_json(staying, true)},
                         {"left", staying_json(staying, false)},
                         {"cut", {{"links", links}, {"annotations", annotations}}},
                         {"leftBehind", left_behind}}
            .dump()};
}

} // namespace troupe
