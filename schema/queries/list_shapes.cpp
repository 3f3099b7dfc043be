// Shapes in view, or where they crowd.

#include "schema/kept_plans.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/region_rows.hpp"
#include "schema/queries/roi_json.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace troupe {

namespace {

constexpr int32_t most_cells = 256;
constexpr double farthest_view = 1e9; // pixels

/// What a statement about shapes in view is bound to.
struct shape_scope {
  int64_t image = 0;
  std::string box, who;
  int32_t z = -1, c = -1, t = -1;
  std::string condition; ///< of a row `h`
};

void check_view(const list_shapes& q) {
  if (q.within) {
    for (auto v : *q.within)
      if (!(std::abs(v) <= farthest_view))
        throw failure{errc::bad_request, "the view is too far away"};
    if ((*q.within)[0] >= (*q.within)[2] || (*q.within)[1] >= (*q.within)[3])
      throw failure{errc::bad_request, "width and height must be above 0"};
  }
  if (q.cells < 0 || q.cells > most_cells)
    throw failure{errc::bad_request,
                  fmt::format("cells is {}, it must be 1 to {}", q.cells, most_cells)};
  if (q.most < 0)
    throw failure{errc::bad_request, "most is below 0"};
}

/// Whoever sees all of the image's group need not be asked shape by shape.
bool sees_whole_group(soci::session& sql, int64_t group, const std::string& who) {
  int all = 0;
  sql << "select cast(sees_all(:group, cast(:who as viewer)) as integer)",
    soci::use(group, "group"), soci::use(who, "who"), soci::into(all);
  return all != 0;
}

shape_scope shape_scope_of(soci::session& sql, const list_shapes& q) {
  const auto image = require_seen(sql, q.who, object_type::image, q.image);
  shape_scope s{q.image,          box_literal(q.within.value_or(view_box{})),
                to_sql(q.who),    q.z.value_or(-1),
                q.c.value_or(-1), q.t.value_or(-1)};
  s.condition = "h.image_id = :image";
  if (q.within)
    s.condition += " and h.bounds && cast(:box as box)";
  for (auto [axis, at] : {std::pair{'z', q.z}, std::pair{'c', q.c}, std::pair{'t', q.t}})
    if (at)
      s.condition += fmt::format(" and (h.{0} is null or h.{0} = :{0})", axis);
  if (!sees_whole_group(sql, image.group, s.who))
    s.condition +=
      " and h.roi_id in (select r.id from rois as r where r.image_id = :image"
      " and visible(r.owner_id, r.group_id, cast(:who as viewer)))";
  return s;
}

/// A select over `h` with the scope's condition.
std::string select_shapes(const shape_scope& s, std::string_view columns) {
  return fmt::format("select {} from shapes as h where {}", columns, s.condition);
}

int64_t count_shapes(soci::session& sql, const shape_scope& s) {
  int64_t total = 0;
  sql << kept << select_shapes(s, "count(*)"), soci::use(s.image, "image"),
    soci::use(s.box, "box"), soci::use(s.who, "who"), soci::use(s.z, "z"),
    soci::use(s.c, "c"), soci::use(s.t, "t"), soci::into(total);
  return total;
}

/// The ids first: no plan may walk the ids of all images to find a slice of one's.
page<json_item> slice_of(soci::session& sql, const shape_scope& s, const list_shapes& q,
                         const std::optional<list_position>& from, int64_t total) {
  const auto limit = limit_of(q.page), rows_read = limit + 1;
  const auto after = from ? from->id : 0;
  page<json_item> found;
  found.total = total;
  soci::rowset<soci::row> rows =
    (sql.prepare << kept
                 << fmt::format(R"sql(
    with found as materialized ({}), slice as (
      select id from found where id > :after order by id limit :limit
    )
    select h.id, cast(json_build_object('roi', h.roi_id, {}) as text) as item
      from slice
      join shapes as h on h.id = slice.id
     order by h.id)sql",
                                select_shapes(s, "h.id"), shape_fields),
     soci::use(s.image, "image"), soci::use(s.box, "box"), soci::use(s.who, "who"),
     soci::use(s.z, "z"), soci::use(s.c, "c"), soci::use(s.t, "t"),
     soci::use(after, "after"), soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), "", text_of(row, "item")});
  end_page(found, limit, "shapes", [](const json_item&) { return std::string{}; });
  return found;
}

view_box whole_image(soci::session& sql, int64_t image) {
  int width = 0, height = 0;
  sql << "select size_x, size_y from images where id = :image", soci::use(image, "image"),
    soci::into(width), soci::into(height);
  return {0, 0, static_cast<double>(width), static_cast<double>(height)};
}

/// {size, cells}; what has its centre outside counts in the nearest cell.
std::string clusters_of(soci::session& sql, const shape_scope& s, const list_shapes& q) {
  const auto view = q.within ? *q.within : whole_image(sql, q.image);
  const auto size = (view[2] - view[0]) / q.cells;
  const auto columns = q.cells - 1,
             rows = static_cast<int>(
               std::clamp(std::ceil((view[3] - view[1]) / size) - 1, 0.0, 65535.0));
  std::string cells;
  sql << fmt::format(R"sql(
    with grid as (
      select cast(:left as double precision) as left_edge,
             cast(:top as double precision) as top_edge,
             cast(:size as double precision) as size, cast(:columns as integer) as last_x,
             cast(:rows as integer) as last_y
    ), found as materialized ({}), placed as (
      select (b[0])[0] / 2 + (b[1])[0] / 2 as x, (b[0])[1] / 2 + (b[1])[1] / 2 as y
        from found
    ), counted as (
      select greatest(0, least(g.last_x, floor((p.x - g.left_edge) / g.size))) as x,
             greatest(0, least(g.last_y, floor((p.y - g.top_edge) / g.size))) as y,
             count(*) as count
        from placed as p
       cross join grid as g
       group by 1, 2
    )
    select cast(coalesce(json_agg(json_build_object(
             'x', g.left_edge + c.x * g.size, 'y', g.top_edge + c.y * g.size,
             'count', c.count) order by c.y, c.x), '[]') as text)
      from counted as c
     cross join grid as g)sql",
                     select_shapes(s, "h.bounds as b")),
    soci::use(s.image, "image"), soci::use(s.box, "box"), soci::use(s.who, "who"),
    soci::use(s.z, "z"), soci::use(s.c, "c"), soci::use(s.t, "t"),
    soci::use(columns, "columns"), soci::use(rows, "rows"), soci::use(view[0], "left"),
    soci::use(view[1], "top"), soci::use(size, "size"), soci::into(cells);
  return fmt::format(R"({{"size":{},"cells":{}}})", size, cells);
}

std::string items_text(const page<json_item>& p) {
  std::string out;
  for (auto& item : p.items)
    out += (out.empty() ? "" : ",") + item.text;
  return out;
}

} // namespace

json_document run(soci::session& sql, const list_shapes& q) {
  check_view(q);
  const auto scope = shape_scope_of(sql, q);
  const auto from = position_of("shapes", q.page);
  const auto total = from ? from->total : count_shapes(sql, scope);
  if (q.cells > 0 && total > q.most)
    return {fmt::format(R"({{"items":[],"total":{},"next":null,"clusters":{}}})", total,
                        clusters_of(sql, scope, q))};
  const auto p = slice_of(sql, scope, q, from, total);
  return {fmt::format(R"({{"items":[{}],"total":{},"next":{},"clusters":null}})",
                      items_text(p), p.total,
                      p.next.empty() ? "null" : "\"" + p.next + "\"")};
}

} // namespace troupe
