// Whole objects into the trash.

#include "schema/queries/audit.hpp"
#include "schema/queries/keys_as_sets.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/subgraph.hpp"
#include "schema/queries/trash.hpp"
#include "schema/queries/trash_steps.hpp"

#include <fmt/format.h>

#include <set>

namespace troupe {

namespace {

using counts = std::map<object_type, tally>;

/// The words of the API for annotations that stay, with their numbers in SQL.
std::vector<int64_t> kept_kinds(const std::vector<std::string>& words) {
  static const std::map<std::string, std::vector<int64_t>> known{
    {"tag", {1}},       {"comment", {2}}, {"xml", {3}},       {"term", {4}},
    {"number", {5, 6}}, {"boolean", {7}}, {"timestamp", {8}}, {"map", {9}},
    {"file", {10}},     {"list", {11}}};
  std::vector<int64_t> out;
  for (auto& word : words) {
    auto found = known.find(word);
    if (found == known.end())
      throw failure{errc::bad_request,
                    fmt::format("there are no annotations called \"{}\"", word)};
    out.insert(out.end(), found->second.begin(), found->second.end());
  }
  return out;
}

/// "dataset \"Mitosis\" and 2 more"
std::string title_of(soci::session& sql, object_type type) {
  static const std::set<object_type> unnamed{object_type::annotation,
                                             object_type::fileset};
  const int kind = static_cast<int>(type);
  const std::string name = type == object_type::annotation
                             ? "left(coalesce(o.text_value, ''), 100)"
                             : (unnamed.contains(type) ? "cast(o.id as text)" : "o.name");
  int64_t chosen = 0;
  std::string first;
  sql << "select count(*) from going where kind = :kind and chosen",
    soci::use(kind, "kind"), soci::into(chosen);
  sql << fmt::format(R"sql(
    select {}
      from going as g
      join {} as o on o.id = g.id
     where g.kind = :kind and g.chosen
     order by g.id
     limit 1)sql",
                     name, table_of(type)),
    soci::use(kind, "kind"), soci::into(first);
  auto out = fmt::format("{} \"{}\"", name_of(type), first);
  return chosen > 1 ? fmt::format("{} and {} more", out, chosen - 1) : out;
}

struct trash_entry {
  int64_t id = 0;
  std::string purge_after;
};

trash_entry make_entry(soci::session& sql, const delete_objects& q,
                       const std::string& title, const std::string& count,
                       int64_t bytes) {
  trash_entry out;
  sql << R"sql(
    insert into trash (deleted_by, owners, title, counts, bytes, purge_after)
    select :by, array(select distinct owner_id from going where kind > 0 order by 1),
           :title, cast(:counts as jsonb), :bytes, now() + make_interval(days => cast(:days as integer))
    returning id, rfc3339(purge_after))sql",
    soci::use(q.who.account, "by"), soci::use(title, "title"), soci::use(count, "counts"),
    soci::use(bytes, "bytes"), soci::use(q.days, "days"), soci::into(out.id),
    soci::into(out.purge_after);
  return out;
}

bool is_going(const counts& going, int kind) {
  return kind == 0 || going.contains(static_cast<object_type>(kind));
}

void clear_pointers(soci::session& sql, int64_t trash, int& step, const counts& going) {
  for (auto& p : pointers()) {
    ++step;
    if (!is_going(going, p.kind))
      continue;
    sql << fmt::format(R"sql(
    with old as (
      select t.id, t.{column} as value
        from {table} as t
       where t.{column} in (select g.id from going as g where g.kind = {kind})
         and not exists (select from going as g where g.kind = {own} and g.id = t.id)
    ), cleared as (
      update {table} as t set {column} = null from old where old.id = t.id
    )
    insert into trash_rows (trash_id, step, table_name, pointer, content)
    select :trash, :step, '{table}', '{column}',
           jsonb_build_object('id', old.id, 'value', old.value)
      from old)sql",
                       fmt::arg("table", p.table), fmt::arg("column", p.column),
                       fmt::arg("kind", p.kind), fmt::arg("own", p.own_kind)),
      soci::use(trash, "trash"), soci::use(step, "step");
  }
}

/// See all_leave() in the migrations.
void say_all_leave(soci::session& sql, bool yes) {
  const int flag = yes;
  sql << "select all_leave(:yes = 1)", soci::use(flag, "yes");
}

constexpr const char* remove_singly = R"sql(
    with gone as (
      delete from {0} as t where {1} returning t.*
    )
    insert into trash_rows (trash_id, step, table_name, content)
    select :trash, :step, '{0}', to_jsonb(gone) from gone)sql";
constexpr const char* remove_bundled = R"sql(
    with gone as (
      delete from {0} as t where {1} returning t.*
    ), numbered as (
      select gone as one, row_number() over () / 1000 as bundle from gone
    )
    insert into trash_rows (trash_id, step, table_name, bundle)
    select :trash, :step, '{0}', json_agg(n.one) from numbered as n group by n.bundle)sql";

void remove_rows(soci::session& sql, int64_t trash, int& step, const counts& going) {
  bool said = false;
  for (auto& r : removals()) {
    ++step;
    if (!is_going(going, r.kind))
      continue;
    if (said != r.all_leave)
      say_all_leave(sql, said = r.all_leave);
    sql << fmt::format(
      fmt::runtime(lies_in_bundles(r.table) ? remove_bundled : remove_singly), r.table,
      r.where),
      soci::use(trash, "trash"), soci::use(step, "step");
  }
}

/// What went, as a query: a kind of objects is known already.
std::string gone_from(int64_t trash, std::string_view table) {
  for (int kind = 1; kind <= object_types; ++kind)
    if (table_of(static_cast<object_type>(kind)) == table)
      return fmt::format("select g.id from going as g where g.kind = {}", kind);
  return fmt::format("select cast(r.content ->> 'id' as bigint) from trash_rows as r"
                     " where r.trash_id = {} and r.table_name = '{}'",
                     trash, table);
}

void check_nothing_refers(keys_as_sets& keys, int64_t trash, const counts& going) {
  std::set<std::string_view> tables;
  for (auto& r : removals())
    if (is_going(going, r.kind))
      tables.insert(r.table);
  for (auto table : tables)
    keys.check_to(table, gone_from(trash, table));
}

nlohmann::json plan_json(const delete_objects& q, const counts& going,
                         const std::vector<staying_object>& staying, int64_t bytes,
                         int64_t rois) {
  return {{"preview", q.preview},
          {"trash", nullptr},
          {"purgeAfter", nullptr},
          {"counts", counts_json(going)},
          {"others", others_json(going)},
          {"bytes", bytes},
          {"needsConfirm", rois > 0},
          {"blocked", staying_json(staying, true)},
          {"left", staying_json(staying, false)}};
}

} // namespace

json_document run(soci::session& sql, const delete_objects& q) {
  if (q.preview)
    sql << "savepoint before_preview";
  const auto staying =
    gather(sql, {q.who, q.type, q.ids, right::remove, q.contents, kept_kinds(q.keep)});
  const auto going = count_going(sql, q.who);
  const auto bytes = bytes_going(sql), rois = others_rois(sql, q.who);
  auto out = plan_json(q, going, staying, bytes, rois);
  if (q.preview) {
    sql << "rollback to savepoint before_preview";
    return {out.dump()};
  }
  require_some(sql, staying);
  if (rois > 0 && !q.confirmed)
    throw failure{
      errc::conflict,
      fmt::format("{} regions of other people would go too: confirm it", rois)};
  const auto entry =
    make_entry(sql, q, title_of(sql, q.type), counts_json(going).dump(), bytes);
  note_going(sql, q.who, audit_action::deleted, {{"trash", entry.id}});
  int step = 0;
  keys_as_sets keys{sql, all_rows(going)};
  clear_pointers(sql, entry.id, step, going);
  remove_rows(sql, entry.id, step, going);
  check_nothing_refers(keys, entry.id, going);
  keys.end();
  out["trash"] = entry.id;
  out["purgeAfter"] = entry.purge_after;
  return {out.dump()};
}

} // namespace troupe
