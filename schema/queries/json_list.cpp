#include "schema/queries/json_list.hpp"

#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

int64_t count(soci::session& sql, const json_list& which, const std::string& who) {
  int64_t total = 0;
  sql << fmt::format(R"sql(
    select count(*)
      from {}
     where {} and visible(x.owner_id, x.group_id, cast(:who as viewer)))sql",
                     which.tables, which.condition),
    soci::use(which.parent, "parent"), soci::use(who, "who"), soci::into(total);
  return total;
}

} // namespace

page<json_item> list_json(soci::session& sql, const json_list& which,
                          const viewer& viewer, const page_request& page) {
  const auto limit = limit_of(page);
  const auto from = position_of(which.name, page);
  const auto after = from.value_or(list_position{});
  const auto who = to_sql(viewer);
  troupe::page<json_item> found;
  found.total = from ? from->total : count(sql, which, who);
  const auto rows_read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    select x.id, {sort} as sort, cast({item} as text) as item
      from {tables}
     where {condition} and visible(x.owner_id, x.group_id, cast(:who as viewer)) {after}
     order by {sort} collate nat, x.id
     limit :limit)sql",
       fmt::arg("sort", which.sort), fmt::arg("item", which.item),
       fmt::arg("tables", which.tables), fmt::arg("condition", which.condition),
       fmt::arg("after", from ? fmt::format("and ({} collate nat, x.id) > "
                                            "(cast(:value as text) collate nat, :id)",
                                            which.sort)
                              : "")),
     soci::use(which.parent, "parent"), soci::use(who, "who"),
     soci::use(after.value, "value"), soci::use(after.id, "id"),
     soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back(
      {int64_of(row, "id"), text_of(row, "sort"), text_of(row, "item")});
  end_page(found, limit, which.name, [](const json_item& x) { return x.sort; });
  return found;
}

} // namespace troupe
