// Pages of images, sorted in one of four ways.

#include "schema/queries/batch.hpp"
#include "schema/queries/container_rows.hpp"
#include "schema/queries/image_rows.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// How a list is sorted: by `column`, then by id. A later page starts behind `after`.
struct image_sort {
  const char* name;   ///< in the paging key
  const char* column; ///< SQL expression of image `i`
  const char* after;  ///< SQL expression of the parameter :value
  std::string (*value)(const image_entry&);
};

// Undated images count as the oldest.
const image_sort& sort_of(image_order order) {
  static const image_sort by_id{"id", "i.id", "cast(:id as bigint)",
                                [](const image_entry&) { return std::string{}; }};
  static const image_sort by_name{"name", "i.name collate nat",
                                  "cast(:value as text) collate nat",
                                  [](const image_entry& e) { return e.name; }};
  static const image_sort by_created{"created", "i.created",
                                     "cast(:value as timestamptz)",
                                     [](const image_entry& e) { return e.created; }};
  static const image_sort by_acquired{
    "acquired", "coalesce(i.acquired, '-infinity')", "cast(:value as timestamptz)",
    [](const image_entry& e) { return e.acquired.empty() ? "-infinity" : e.acquired; }};
  switch (order) {
    case image_order::id: return by_id;
    case image_order::name: return by_name;
    case image_order::created: return by_created;
    case image_order::acquired: return by_acquired;
  }
  throw failure{errc::bad_request, "images cannot be sorted like that"};
}

void check_position(const list_position& at, image_order order) {
  bool by_time = order == image_order::created || order == image_order::acquired;
  if (by_time && at.value != "-infinity" && !is_time(at.value))
    throw failure{errc::bad_request, "after is not a key of this list"};
}

struct image_scope {
  std::string_view tables, condition;
};

image_scope scope_of(const list_images& q) {
  if (q.dataset)
    return {"links as l join images as i on i.id = l.child_id",
            "l.parent_id = :parent and l.kind = 2"};
  if (q.folder)
    return {"links as l join images as i on i.id = l.child_id",
            "l.parent_id = :parent and l.kind = 4"};
  return {"images as i", q.orphaned ? "i.orphan" : "true"};
}

std::string page_of_images(const list_images& q, bool first) {
  const auto& sort = sort_of(q.order);
  auto after = first ? ""
                     : fmt::format("and ({}, i.id) {} ({}, :id)", sort.column,
                                   q.descending ? "<" : ">", sort.after);
  auto [tables, condition] = scope_of(q);
  return fmt::format(R"sql(
    select {columns}
      from {tables}
      join accounts as a on a.id = i.owner_id
     where {condition}{owned} and visible(i.owner_id, i.group_id, cast(:who as viewer))
           {after}
     order by {sort} {direction}, i.id {direction}
     limit :limit)sql",
                     fmt::arg("columns", entry_columns), fmt::arg("tables", tables),
                     fmt::arg("condition", condition), fmt::arg("after", after),
                     fmt::arg("owned", owned_by("i", q.owner)),
                     fmt::arg("sort", sort.column),
                     fmt::arg("direction", q.descending ? "desc" : "asc"));
}

int64_t count_images(soci::session& sql, const list_images& q, const std::string& who) {
  if (q.dataset && !q.owner)
    return read_container(sql, "datasets", q.who, *q.dataset).children;
  int64_t total = 0, parent = q.dataset.value_or(q.folder.value_or(0));
  auto [tables, condition] = scope_of(q);
  sql << fmt::format(R"sql(
    select count(*)
      from {}
     where {}{} and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
                     tables, condition, owned_by("i", q.owner)),
    soci::use(who, "who"), soci::use(parent, "parent"), soci::into(total);
  return total;
}

} // namespace

page<image_entry> run(soci::session& sql, const list_images& q) {
  auto limit = limit_of(q.page);
  auto list = fmt::format("images/{}{}", q.descending ? "-" : "", sort_of(q.order).name);
  auto from = position_of(list, q.page);
  auto after = from.value_or(list_position{});
  if (from)
    check_position(after, q.order);
  if ((from || q.owner) && q.dataset)
    require_seen(sql, q.who, object_type::dataset, *q.dataset);
  if (q.folder)
    require_seen(sql, q.who, object_type::folder, *q.folder);

  auto who = to_sql(q.who);
  page<image_entry> found;
  found.total = from ? from->total : count_images(sql, q, who);
  auto parent = q.dataset.value_or(q.folder.value_or(0));
  auto rows_read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << page_of_images(q, !from), soci::use(parent, "parent"),
     soci::use(who, "who"), soci::use(after.value, "value"), soci::use(after.id, "id"),
     soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back(entry_of(row));
  end_page(found, limit, list, sort_of(q.order).value);
  return found;
}

} // namespace troupe
