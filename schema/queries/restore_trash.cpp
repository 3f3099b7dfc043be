// Deletions taken back.

#include "schema/queries/audit.hpp"
#include "schema/queries/keys_as_sets.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/trash.hpp"
#include "schema/queries/trash_steps.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace troupe {

namespace {

/// References that may be lost: the row comes back without.
struct soft_reference {
  const char* table;
  const char* column;
  const char* target;
};
constexpr soft_reference soft_references[] = {
  {"folders", "parent_id", "folders"},       {"folders", "fileset_id", "filesets"},
  {"screens", "fileset_id", "filesets"},     {"plates", "fileset_id", "filesets"},
  {"annotations", "fileset_id", "filesets"}, {"filesets", "import_id", "imports"}};

struct step {
  int number = 0;
  std::string table, column; ///< the column is empty for whole rows
  int64_t rows = 0;
};

std::vector<step> steps_of(soci::session& sql, int64_t trash) {
  std::vector<step> out;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select step, table_name, coalesce(pointer, '') as pointer, count(*) as removed
      from trashed
     where trash_id = :trash
     group by step, table_name, pointer
     order by step desc)sql",
                                  soci::use(trash, "trash"));
  for (const auto& row : rows)
    out.push_back({int32_of(row, "step"), text_of(row, "table_name"),
                   text_of(row, "pointer"), int64_of(row, "removed")});
  return out;
}

/// A row must come back to what it lay on, in the same group. What it lay on and came
/// with it is back before it.
void check_requirements(soci::session& sql, int64_t trash, const std::string& table) {
  for (auto& r : requirements()) {
    if (r.table != table)
      continue;
    int64_t missing = 0;
    sql << fmt::format(R"sql(
    select cast(t.content ->> '{column}' as bigint)
      from trash_rows as t
     where t.trash_id = :trash and t.table_name = '{table}' and t.pointer is null
       and t.content ->> '{column}' is not null
       and not exists (select from {target} as x
                        where x.id = cast(t.content ->> '{column}' as bigint)
                          and x.group_id = cast(t.content ->> 'group_id' as bigint))
     limit 1)sql",
                       fmt::arg("table", r.table), fmt::arg("column", r.column),
                       fmt::arg("target", r.target)),
      soci::use(trash, "trash"), soci::into(missing);
    if (sql.got_data())
      throw failure{errc::conflict,
                    fmt::format("what lay on {} {} does not come back without it",
                                std::string_view{r.target}.substr(
                                  0, std::string_view{r.target}.size() - 1),
                                missing)};
  }
}

void drop_lost_references(soci::session& sql, int64_t trash, const std::string& table) {
  for (auto& r : soft_references)
    if (r.table == table)
      sql << fmt::format(R"sql(
    update trash_rows as t
       set content = t.content || jsonb_build_object('{column}', null)
     where t.trash_id = :trash and t.table_name = '{table}' and t.pointer is null
       and t.content ->> '{column}' is not null
       and not exists (select from {target} as x
                        where x.id = cast(t.content ->> '{column}' as bigint)
                          and x.group_id = cast(t.content ->> 'group_id' as bigint))
       and not exists (select from trash_rows as o -- a folder in one that comes with it
                        where '{target}' = '{table}' and o.trash_id = t.trash_id
                          and o.step = t.step
                          and o.content -> 'id' = t.content -> '{column}'))sql",
                         fmt::arg("table", r.table), fmt::arg("column", r.column),
                         fmt::arg("target", r.target)),
        soci::use(trash, "trash");
}

/// Those the row had: a column that is newer than the deletion takes its default.
std::string columns_of(soci::session& sql, int64_t trash, const step& s) {
  std::string out;
  sql << R"sql(
    select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
      from pg_attribute as a
     where a.attrelid = cast(:table as regclass) and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = ''
       and jsonb_exists((select t.content from trashed as t
                          where t.trash_id = :trash and t.step = :step limit 1),
                        cast(a.attname as text)))sql",
    soci::use(s.table, "table"), soci::use(trash, "trash"), soci::use(s.number, "step"),
    soci::into(out);
  return out;
}

/// @returns how many came back.
int64_t put_back(soci::session& sql, int64_t trash, const step& s) {
  check_requirements(sql, trash, s.table);
  drop_lost_references(sql, trash, s.table);
  const auto columns = columns_of(sql, trash, s);
  const auto condition = joins_condition(s.table);
  int64_t rows = 0;
  // Others may have linked the same since; work for an image may be waiting again.
  const char* on_conflict =
    condition != "true" || s.table == "jobs" ? "on conflict do nothing" : "";
  sql << fmt::format(R"sql(
    with back as (
      insert into {table} ({columns}) overriding system value
      select {columns}
        from (select x.*
                from trashed as t,
                     jsonb_populate_record(cast(null as {table}), t.content) as x
               where t.trash_id = :trash and t.step = :step) as r
       where {condition}
       {conflict}
      returning 1
    )
    select count(*) from back)sql",
                     fmt::arg("table", s.table), fmt::arg("columns", columns),
                     fmt::arg("condition", condition), fmt::arg("conflict", on_conflict)),
    soci::use(trash, "trash"), soci::use(s.number, "step"), soci::into(rows);
  return rows;
}

/// What is back has what it refers to. Links are back only where both ends are.
void check_keys(keys_as_sets& keys, int64_t trash, const std::vector<step>& steps) {
  for (auto& s : steps) {
    if (!s.column.empty() || joins_condition(s.table) != "true")
      continue;
    const auto id = s.table == "plane_infos" ? "image_id"
                    : s.table == "fields"    ? "well_id"
                                             : "id";
    keys.check_of(s.table,
                  fmt::format("t.{0} in (select cast(r.content ->> '{0}' as bigint)"
                              " from trashed as r"
                              " where r.trash_id = {1} and r.step = {2})",
                              id, trash, s.number));
  }
}

/// Where nobody has pointed it elsewhere since.
int64_t point_back(soci::session& sql, int64_t trash, const step& s) {
  const std::string target = s.column == "parent_id"    ? "folders"
                             : s.column == "dataset_id" ? "datasets"
                                                        : "filesets";
  int64_t rows = 0;
  sql << fmt::format(R"sql(
    with back as (
      update {table} as o set {column} = x.id
        from trash_rows as t
        join {target} as x on x.id = cast(t.content ->> 'value' as bigint)
       where t.trash_id = :trash and t.step = :step
         and o.id = cast(t.content ->> 'id' as bigint)
         and o.{column} is null and o.group_id = x.group_id
      returning 1
    )
    select count(*) from back)sql",
                     fmt::arg("table", s.table), fmt::arg("column", s.column),
                     fmt::arg("target", target)),
    soci::use(trash, "trash"), soci::use(s.number, "step"), soci::into(rows);
  return rows;
}

/// Those whose datasets and plates are gone since: rows come back as they were.
void find_orphans(soci::session& sql, int64_t trash) {
  sql << R"sql(
    update images as i set orphan = true
      from trash_rows as t
     where t.trash_id = :trash and t.table_name = 'images' and t.pointer is null
       and i.id = cast(t.content ->> 'id' as bigint) and not i.orphan
       and not exists (select from links as l where l.child_id = i.id and l.kind = 2)
       and not exists (select from fields as f where f.image_id = i.id))sql",
    soci::use(trash, "trash");
}

void note_restored(soci::session& sql, const viewer& who, int64_t trash) {
  for (int kind = 1; kind <= static_cast<int>(object_type::fileset); ++kind) {
    const auto type = static_cast<object_type>(kind);
    const std::string table{table_of(type)};
    soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select cast(content ->> 'group_id' as bigint) as group_id,
           cast(json_agg(content -> 'id') as text) as ids
      from trash_rows
     where trash_id = :trash and table_name = :table and pointer is null
     group by 1)sql",
                                    soci::use(trash, "trash"), soci::use(table, "table"));
    std::vector<audit_note> notes;
    for (const auto& row : rows)
      notes.push_back({audit_action::restored,
                       object_kind::of(type),
                       ids_of(row, "ids"),
                       int64_of(row, "group_id"),
                       {{"trash", trash}}});
    for (auto& n : notes)
      note(sql, who, n);
  }
}

/// Locks it against a second restore. @returns what it counted when it was deleted.
nlohmann::json take(soci::session& sql, const restore_trash& q) {
  const auto who = to_sql(q.who);
  std::string counts;
  sql << R"sql(
    select cast(t.counts as text)
      from trash as t
     where t.id = :trash and may_restore(t, cast(:who as viewer))
       for update)sql",
    soci::use(q.trash, "trash"), soci::use(who, "who"), soci::into(counts);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("trash {}", q.trash)};
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  return nlohmann::json::parse(counts);
}

} // namespace

json_document run(soci::session& sql, const restore_trash& q) {
  const auto counts = take(sql, q);
  const auto steps = steps_of(sql, q.trash);
  int64_t rows = 0;
  for (auto& s : steps)
    rows += s.rows;
  keys_as_sets keys{sql, rows};
  std::map<std::string, int64_t> dropped;
  for (auto& s : steps) {
    const auto back =
      s.column.empty() ? put_back(sql, q.trash, s) : point_back(sql, q.trash, s);
    if (back < s.rows && s.table != "jobs")
      dropped[s.table] += s.rows - back;
  }
  check_keys(keys, q.trash, steps);
  keys.end();
  find_orphans(sql, q.trash);
  note_restored(sql, q.who, q.trash);
  sql << "delete from trash where id = :trash", soci::use(q.trash, "trash");
  return {nlohmann::json{
    {"counts", counts},
    {"dropped", dropped.empty() ? nlohmann::json::object() : nlohmann::json(dropped)}}
            .dump()};
}

page<json_item> run(soci::session& sql, const list_trash& q) {
  const auto limit = limit_of(q.page);
  const auto from = position_of("trash", q.page);
  const auto who = to_sql(q.who);
  page<json_item> found;
  if (from)
    found.total = from->total;
  else
    sql << "select count(*) from trash as t where may_restore(t, cast(:who as viewer))",
      soci::use(who, "who"), soci::into(found.total);
  const int64_t before = from ? from->id : INT64_MAX;
  const auto read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select t.id,
           cast(json_build_object(
             'id', t.id, 'title', t.title, 'counts', t.counts, 'bytes', t.bytes,
             'deleted', rfc3339(t.deleted), 'purgeAfter', rfc3339(t.purge_after),
             'deletedBy', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
             'mayPurge', may_purge(t, cast(:who as viewer))) as text) as item
      from trash as t
      join accounts as a on a.id = t.deleted_by
     where t.id < :before and may_restore(t, cast(:who as viewer))
     order by t.id desc
     limit :limit)sql",
     soci::use(who, "who"), soci::use(before, "before"), soci::use(read, "limit"));
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), "", text_of(row, "item")});
  end_page(found, limit, "trash", [](const json_item&) { return std::string{}; });
  return found;
}

} // namespace troupe
