#include "schema/queries/object_pages.hpp"

#include "schema/queries/object_facts.hpp"
#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace troupe {

namespace {

constexpr const char* by_parent =
  "exists (select from links as l where l.kind = {1} and l.parent_id = {0}"
  " and l.child_id = x.id)";
constexpr const char* by_child =
  "exists (select from links as l where l.kind = {1} and l.parent_id = x.id"
  " and l.child_id = {0})";

/// Those that are in the place, or that the place is in.
std::string related_condition(object_type type, const object_place& place) {
  using enum object_type;
  struct row {
    object_type type, place;
    const char* condition;
    int link = 0;
  };
  static constexpr row table[]{
    {project, dataset, by_child, 1},
    {dataset, project, by_parent, 1},
    {dataset, image, by_child, 2},
    {image, dataset, by_parent, 2},
    {image, fileset, "x.fileset_id = {0}"},
    {screen, plate, by_child, 3},
    {plate, screen, by_parent, 3},
    {plate, well, "x.id = (select w.plate_id from wells as w where w.id = {0})"},
    {run, plate, "x.plate_id = {0}"},
    {well, plate, "x.plate_id = {0}"},
    {well, run, "x.plate_id = (select r.plate_id from plate_runs as r where r.id = {0})"},
    {roi, image, "x.image_id = {0}"},
    {shape, roi, "x.roi_id = {0}"},
  };
  if (place.type == annotation)
    return fmt::format("exists (select from annotation_links as l where l.kind = {} and"
                       " l.parent_id = x.id and l.child_id = {})",
                       static_cast<int>(type), place.id);
  for (auto& r : table)
    if (r.type == type && r.place == place.type)
      return fmt::format(fmt::runtime(r.condition), place.id, r.link);
  throw failure{errc::bad_request, fmt::format("{} are not chosen by {}", table_of(type),
                                               name_of(place.type))};
}

/// Wells that have a field that is wanted.
std::string has_field(const list_objects& q) {
  const auto chosen = chosen_fields(q);
  return chosen == "true" ? ""
                          : fmt::format(" and exists (select from fields as f"
                                        " where f.well_id = x.id and {})",
                                        chosen);
}

std::string_view in_nothing(object_type type) {
  switch (type) {
    case object_type::image: return " and x.orphan";
    case object_type::dataset:
      return " and not exists (select from links as l"
             " where l.child_id = x.id and l.kind = 1)";
    case object_type::plate:
      return " and not exists (select from links as l"
             " where l.child_id = x.id and l.kind = 3)";
    default: return "";
  }
}

std::string chosen_rows(const list_objects& q) {
  std::string all = "visible(x.owner_id, x.group_id, cast(:who as viewer))";
  for (auto& place : q.places)
    all += " and " + related_condition(q.type, place);
  if (q.id)
    all += fmt::format(" and x.id = {}", *q.id);
  if (q.owner)
    all += fmt::format(" and x.owner_id = {}", *q.owner);
  if (q.type == object_type::well)
    all += has_field(q);
  if (q.type == object_type::roi && q.shapes)
    all += " and " + has_shape(*q.shapes);
  if (q.orphaned)
    all += in_nothing(q.type);
  return all;
}

std::string_view order_of(object_type type) {
  switch (type) {
    case object_type::well: return "x.well_column, x.well_row, x.id";
    case object_type::roi:
    case object_type::shape: return "x.id";
    default: return "lower(x.name) collate \"C\", x.id";
  }
}

std::vector<listed_object> read_items(soci::session& sql, const list_objects& q,
                                      const std::string& chosen, const std::string& who) {
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    select x.id, x.owner_id, x.group_id {columns}
      from (select x.*
              from {rows}
             where {chosen}
             order by {order}
             limit :limit offset :offset) as x
     order by {order})sql",
       fmt::arg("columns", columns_of(q)), fmt::arg("rows", rows_of(q.type)),
       fmt::arg("chosen", chosen), fmt::arg("order", order_of(q.type))),
     soci::use(who, "who"), soci::use(q.limit, "limit"), soci::use(q.offset, "offset"));
  std::vector<listed_object> found;
  for (const auto& row : rows)
    found.push_back(object_in_row(row, q));
  return found;
}

/// Images in wells are objects of their own, perhaps of others than the plate.
std::vector<listed_object> read_images_of_wells(soci::session& sql, const list_objects& q,
                                                const std::vector<listed_object>& wells,
                                                const std::string& who) {
  std::vector<int64_t> ids;
  for (auto& well : wells)
    ids.push_back(well.id);
  const auto chosen =
    fmt::format("x.id in (select f.image_id from fields as f"
                " where f.well_id = any(cast('{}' as bigint[])) and {})"
                " and visible(x.owner_id, x.group_id, cast(:who as viewer))",
                array_of(ids), chosen_fields(q));
  auto found =
    read_items(sql, {.type = object_type::image, .limit = 1'000'000}, chosen, who);
  std::ranges::sort(found, {}, &listed_object::id);
  return found;
}

int64_t count_items(soci::session& sql, const list_objects& q, const std::string& who) {
  int64_t total = 0;
  sql << fmt::format("select count(*) from {} where {}", rows_of(q.type), chosen_rows(q)),
    soci::use(who, "who"), soci::into(total);
  return total;
}

/// A page that is not full is the last one.
int64_t total_of(soci::session& sql, const list_objects& q, const std::string& who,
                 int64_t read) {
  const bool last = read < q.limit && (read > 0 || q.offset == 0);
  return last ? q.offset + read : count_items(sql, q, who);
}

holding holding_of(const soci::row& row) {
  return {{int64_of(row, "owner_id"), text_of(row, "login"), text_of(row, "first_name"),
           text_of(row, "middle_name"), text_of(row, "last_name"), text_of(row, "email"),
           text_of(row, "institution")},
          {int64_of(row, "group_id"), 0, text_of(row, "group_name"),
           text_of(row, "group_description"),
           static_cast<group_level>(int32_of(row, "level"))},
          int32_of(row, "rights")};
}

std::vector<holding> read_holdings(soci::session& sql, const object_page& page,
                                   const std::string& who) {
  std::set<std::pair<int64_t, int64_t>> pairs;
  for (auto* list : {&page.items, &page.images})
    for (auto& o : *list)
      pairs.emplace(o.owner, o.group);
  std::vector<int64_t> owners, groups;
  for (auto [owner, group] : pairs) {
    owners.push_back(owner);
    groups.push_back(group);
  }
  const auto owner_list = array_of(owners), group_list = array_of(groups);
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select o.owner_id, o.group_id,
           rights_on(o.owner_id, o.group_id, cast(:who as viewer)) as rights,
           a.login, a.first_name, a.middle_name, a.last_name,
           case when k.knows then a.email else '' end as email,
           case when k.knows then a.institution else '' end as institution,
           g.name as group_name, g.description as group_description, g.level
      from unnest(cast(:owners as bigint[]), cast(:groups as bigint[]))
           as o (owner_id, group_id)
      join accounts as a on a.id = o.owner_id
      join groups as g on g.id = o.group_id
     cross join lateral (select knows(a.id, cast(:who as viewer)) as knows) as k)sql",
                                  soci::use(owner_list, "owners"),
                                  soci::use(group_list, "groups"), soci::use(who, "who"));
  std::vector<holding> found;
  for (const auto& row : rows)
    found.push_back(holding_of(row));
  return found;
}

} // namespace

object_page run(soci::session& sql, const list_objects& q) {
  const auto who = to_sql(q.who);
  object_page found;
  if (q.limit > 0)
    found.items = read_items(sql, q, chosen_rows(q), who);
  found.total = total_of(sql, q, who, static_cast<int64_t>(found.items.size()));
  if (q.type == object_type::well && !found.items.empty())
    found.images = read_images_of_wells(sql, q, found.items, who);
  if (!found.items.empty())
    found.holdings = read_holdings(sql, found, who);
  return found;
}

} // namespace troupe
