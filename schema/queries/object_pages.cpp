#include "schema/queries/object_pages.hpp"

#include "schema/queries/object_facts.hpp"
#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

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
    {screen, plate, by_child, 3},
    {plate, screen, by_parent, 3},
    {plate, well, "x.id = (select w.plate_id from wells as w where w.id = {0})"},
    {run, plate, "x.plate_id = {0}"},
    {well, plate, "x.plate_id = {0}"},
    {well, run, "x.plate_id = (select r.plate_id from plate_runs as r where r.id = {0})"},
    {roi, image, "x.image_id = {0}"},
    {shape, roi, "x.roi_id = {0}"},
  };
  for (auto& r : table)
    if (r.type == type && r.place == place.type)
      return fmt::format(fmt::runtime(r.condition), place.id, r.link);
  throw failure{errc::bad_request,
                fmt::format("{} are not chosen by {}", table_of(type), name_of(place.type))};
}

/// Wells that have the field that is asked for.
std::string has_field(const list_objects& q) {
  std::string chosen;
  for (auto& place : q.places)
    if (place.type == object_type::run)
      chosen += fmt::format(" and f.run_id = {}", place.id);
  if (q.field)
    chosen += fmt::format(" and f.position = {}", *q.field);
  return chosen.empty()
           ? ""
           : " and exists (select from fields as f where f.well_id = x.id" + chosen + ")";
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
                                      const std::string& who) {
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select x.id, x.owner_id, x.group_id, cast({facts} as text) as facts
      from (select x.*
              from {rows}
             where {condition}
             order by {order}
             limit :limit offset :offset) as x
     order by {order})sql",
                                fmt::arg("facts", facts_of(q)),
                                fmt::arg("rows", rows_of(q.type)),
                                fmt::arg("condition", chosen_rows(q)),
                                fmt::arg("order", order_of(q.type))),
     soci::use(who, "who"), soci::use(q.limit, "limit"), soci::use(q.offset, "offset"));
  std::vector<listed_object> found;
  for (const auto& row : rows)
    found.push_back({int64_of(row, "id"), int64_of(row, "owner_id"),
                     int64_of(row, "group_id"), text_of(row, "facts")});
  return found;
}

int64_t count_items(soci::session& sql, const list_objects& q, const std::string& who) {
  int64_t total = 0;
  sql << fmt::format("select count(*) from {} where {}", rows_of(q.type),
                     chosen_rows(q)),
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

/// Images of wells may be of others than the plate.
std::vector<holding> read_holdings(soci::session& sql, const list_objects& q,
                                   const std::vector<listed_object>& items,
                                   const std::string& who) {
  std::set<std::pair<int64_t, int64_t>> pairs;
  std::vector<int64_t> owners, groups, wells;
  for (auto& o : items) {
    if (pairs.emplace(o.owner, o.group).second) {
      owners.push_back(o.owner);
      groups.push_back(o.group);
    }
    if (q.type == object_type::well)
      wells.push_back(o.id);
  }
  const auto owner_list = array_of(owners), group_list = array_of(groups),
             well_list = array_of(wells);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select o.owner_id, o.group_id, rights_on(o.owner_id, o.group_id, w.who) as rights,
           a.login, a.first_name, a.middle_name, a.last_name,
           case when knows(a.id, w.who) then a.email else '' end as email,
           case when knows(a.id, w.who) then a.institution else '' end as institution,
           g.name as group_name, g.description as group_description, g.level
      from (select owner_id, group_id
              from unnest(cast(:owners as bigint[]), cast(:groups as bigint[]))
                   as pairs (owner_id, group_id)
             union
            select i.owner_id, i.group_id
              from fields as f
              join images as i on i.id = f.image_id
             where f.well_id = any(cast(:wells as bigint[]))) as o
      join accounts as a on a.id = o.owner_id
      join groups as g on g.id = o.group_id
     cross join (select cast(:who as viewer) as who) as w)sql",
     soci::use(owner_list, "owners"), soci::use(group_list, "groups"),
     soci::use(well_list, "wells"), soci::use(who, "who"));
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
    found.items = read_items(sql, q, who);
  found.total = total_of(sql, q, who, static_cast<int64_t>(found.items.size()));
  if (!found.items.empty())
    found.holdings = read_holdings(sql, q, found.items, who);
  return found;
}

} // namespace troupe
