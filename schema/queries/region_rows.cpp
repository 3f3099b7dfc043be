#include "schema/queries/region_rows.hpp"

#include "schema/queries/metadata_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

using nlohmann::json;

constexpr int64_t longest_shape_text = 10'000;

/// A name may be missing, and is then empty.
void check_region_name(const std::string& name) {
  if (!name.empty())
    check_name("name", name);
}

void check_shape_words(const metadata::shape& s) {
  check_text("text", s.text, longest_shape_text);
  const auto& style = s.style;
  const std::pair<const char*, const std::string*> words[] = {
    {"style.strokeDashes", &style.stroke_dashes},
    {"style.fillRule", &style.fill_rule},
    {"style.lineCap", &style.line_cap},
    {"style.markerStart", &style.marker_start},
    {"style.markerEnd", &style.marker_end},
    {"style.fontFamily", &style.font_family},
    {"style.fontStyle", &style.font_style}};
  for (auto& [field, word] : words)
    check_text(field, *word, 255);
}

/// New ids in the order of what they will name.
std::vector<int64_t> take_ids(soci::session& sql, const std::string& table,
                              size_t count) {
  const auto wanted = static_cast<int64_t>(count);
  std::vector<int64_t> ids;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select nextval(pg_get_serial_sequence(:table, 'id')) as id
      from generate_series(1, cast(:count as bigint)))sql",
                                  soci::use(table, "table"), soci::use(wanted, "count"));
  for (const auto& row : rows)
    ids.push_back(int64_of(row, "id"));
  return ids;
}

constexpr std::ptrdiff_t rows_at_once = 5000; // a statement has seconds, no more

/// Calls write(text) for pieces of a list of rows.
template <class Write>
void in_pieces(const json& rows, Write write) {
  for (auto at = rows.begin(); at != rows.end();) {
    const auto end = at + std::min(rows_at_once, rows.end() - at);
    write(json(at, end).dump());
    at = end;
  }
}

constexpr std::string_view shape_record = R"sql(
             as x (id bigint, roi bigint, kind smallint, z integer,
                   c integer, t integer, bounds double precision[],
                   geometry double precision[], transform double precision[], mask text,
                   text text, locked boolean, fill bigint, stroke bigint, style jsonb,
                   position integer))sql";

void insert_shapes(soci::session& sql, const json& rows) {
  in_pieces(rows, [&](const std::string& text) {
    sql << fmt::format(R"sql(
    insert into shapes (id, roi_id, image_id, position, kind, z, c, t, bounds, geometry,
                        transform, mask, text, locked, fill, stroke, style)
    select x.id, r.id, r.image_id, x.position,
           x.kind, x.z, x.c, x.t,
           box(point(x.bounds[1], x.bounds[2]), point(x.bounds[3], x.bounds[4])),
           x.geometry, x.transform, decode(x.mask, 'base64'), x.text, x.locked, x.fill,
           x.stroke, x.style
      from json_to_recordset(cast(:rows as json)) {}
      join rois as r on r.id = x.roi)sql",
                       shape_record),
      soci::use(text, "rows");
  });
}

void update_shapes(soci::session& sql, const json& rows) {
  in_pieces(rows, [&](const std::string& text) {
    sql << fmt::format(R"sql(
    update shapes as h
       set kind = x.kind, z = x.z, c = x.c, t = x.t,
           bounds = box(point(x.bounds[1], x.bounds[2]), point(x.bounds[3], x.bounds[4])),
           geometry = x.geometry, transform = x.transform, mask = decode(x.mask, 'base64'),
           text = x.text, locked = x.locked, fill = x.fill, stroke = x.stroke,
           style = x.style
      from json_to_recordset(cast(:rows as json)) {}
     where h.id = x.id)sql",
                       shape_record),
      soci::use(text, "rows");
  });
}

void delete_shapes(soci::session& sql, const std::vector<int64_t>& ids) {
  if (ids.empty())
    return;
  const auto list = array_of(ids);
  sql << "delete from shapes where id = any(cast(:ids as bigint[]))",
    soci::use(list, "ids");
}

void touch_regions(soci::session& sql, const std::vector<region_write>& writes) {
  auto rows = json::array();
  for (auto& w : writes) {
    json row{{"id", w.change->id}};
    if (w.change->name)
      row["name"] = *w.change->name;
    if (w.change->description)
      row["description"] = *w.change->description;
    rows.push_back(std::move(row));
  }
  in_pieces(rows, [&](const std::string& text) {
    sql << R"sql(
    update rois as r
       set name = coalesce(x.name, r.name),
           description = coalesce(x.description, r.description),
           version = r.version + 1, updated = now()
      from json_to_recordset(cast(:rows as json)) as x (id bigint, name text, description text)
     where r.id = x.id)sql",
      soci::use(text, "rows");
  });
}

/// What becomes of the shapes of all changes together.
struct shape_writes {
  json fresh = json::array(), changed = json::array();
  std::vector<int64_t> dropped;

  void add(const region_write& w, const std::vector<int64_t>& ids) {
    const auto& c = *w.change;
    std::set<int64_t> kept;
    auto position = w.state->next_position;
    for (size_t i = 0; i < c.put.size(); ++i) {
      json row{{"id", ids[i]}, {"roi", c.id}};
      if (!c.put[i].id)
        row["position"] = position++;
      (c.put[i].id ? changed : fresh).push_back(shape_row(std::move(row), c.put[i].what));
      kept.insert(ids[i]);
    }
    dropped.insert(dropped.end(), c.drop.begin(), c.drop.end());
    if (c.only_put)
      for (auto id : w.state->shapes)
        if (!kept.contains(id))
          dropped.push_back(id);
  }
};

size_t fresh_shapes(const std::vector<region_write>& writes) {
  size_t count = 0;
  for (auto& w : writes)
    for (auto& p : w.change->put)
      count += !p.id;
  return count;
}

} // namespace

void check_region_words(const std::vector<metadata::roi>& rois) {
  for (auto& r : rois) {
    check_region_name(r.name);
    check_text("description", r.description);
    if (r.shapes.empty())
      throw failure{errc::bad_request, "a region needs a shape"};
    for (auto& s : r.shapes)
      check_shape_words(s);
  }
}

void check_region_words(const region_change& c) {
  if (!c.name && !c.description && c.put.empty() && c.drop.empty() && !c.only_put)
    throw failure{errc::bad_request, fmt::format("nothing of roi {} changes", c.id)};
  if (c.name)
    check_region_name(*c.name);
  if (c.description)
    check_text("description", *c.description);
  for (auto& p : c.put)
    check_shape_words(p.what);
}

void tidy_words(std::vector<metadata::roi>& rois) {
  for (auto& r : rois) {
    r.name = clean_text(r.name, 255);
    if (r.name.find_first_not_of(" \t\n") == std::string::npos)
      r.name.clear();
    std::replace(r.name.begin(), r.name.end(), '\n', ' ');
    std::replace(r.name.begin(), r.name.end(), '\t', ' ');
    r.description = clean_text(r.description);
    for (auto& s : r.shapes) {
      s.text = clean_text(s.text, longest_shape_text);
      for (auto* word : {&s.style.stroke_dashes, &s.style.fill_rule, &s.style.line_cap,
                         &s.style.marker_start, &s.style.marker_end, &s.style.font_family,
                         &s.style.font_style})
        *word = clean_text(*word, 255);
    }
  }
}

std::vector<drawn_region> insert_regions(soci::session& sql, const region_place& where,
                                         const std::vector<metadata::roi>& rois) {
  const auto ids = take_ids(sql, "rois", rois.size());
  size_t count = 0, next = 0;
  for (auto& r : rois)
    count += r.shapes.size();
  const auto shape_ids = take_ids(sql, "shapes", count);
  auto rows = json::array(), shapes = json::array();
  std::vector<drawn_region> made;
  for (size_t i = 0; i < rois.size(); ++i) {
    rows.push_back(
      {{"id", ids[i]}, {"name", rois[i].name}, {"description", rois[i].description}});
    auto& m = made.emplace_back(drawn_region{ids[i], 1, {}});
    for (size_t n = 0; n < rois[i].shapes.size(); ++n) {
      m.shapes.push_back(shape_ids[next++]);
      shapes.push_back(shape_row(
        {{"id", m.shapes.back()}, {"roi", ids[i]}, {"position", n}}, rois[i].shapes[n]));
    }
  }
  in_pieces(rows, [&](const std::string& text) {
    sql << R"sql(
    insert into rois (id, owner_id, group_id, image_id, name, description)
    select x.id, :owner, :group, :image, x.name, x.description
      from json_to_recordset(cast(:rows as json))
             as x (id bigint, name text, description text))sql",
      soci::use(where.owner, "owner"), soci::use(where.group, "group"),
      soci::use(where.image, "image"), soci::use(text, "rows");
  });
  insert_shapes(sql, shapes);
  return made;
}

std::map<int64_t, region_state> lock_regions(soci::session& sql,
                                             const std::vector<int64_t>& ids) {
  std::map<int64_t, region_state> states;
  const auto list = array_of(ids);
  soci::rowset<soci::row> locked = (sql.prepare << R"sql(
    select r.id, r.version, coalesce(i.size_z, 2147483647) as z,
           coalesce(i.size_c, 2147483647) as c, coalesce(i.size_t, 2147483647) as t
      from rois as r
      left join images as i on i.id = r.image_id
     where r.id = any(cast(:ids as bigint[]))
     order by r.id
       for update of r)sql",
                                    soci::use(list, "ids"));
  for (const auto& row : locked)
    states[int64_of(row, "id")] = {
      int32_of(row, "version"),
      {0, 0, int32_of(row, "z"), int32_of(row, "c"), int32_of(row, "t")}};
  soci::rowset<soci::row> shapes = (sql.prepare << R"sql(
    select h.id, h.roi_id, h.position
      from shapes as h
     where h.roi_id = any(cast(:ids as bigint[])))sql",
                                    soci::use(list, "ids"));
  for (const auto& row : shapes) {
    auto& state = states[int64_of(row, "roi_id")];
    state.shapes.insert(int64_of(row, "id"));
    state.next_position = std::max(state.next_position, int32_of(row, "position") + 1);
  }
  return states;
}

std::vector<drawn_region> write_regions(soci::session& sql,
                                        const std::vector<region_write>& writes) {
  const auto fresh = take_ids(sql, "shapes", fresh_shapes(writes));
  size_t next = 0;
  shape_writes shapes;
  std::vector<drawn_region> out;
  for (auto& w : writes) {
    auto& now = out.emplace_back(drawn_region{w.change->id, w.state->version + 1, {}});
    for (auto& p : w.change->put)
      now.shapes.push_back(p.id ? *p.id : fresh[next++]);
    shapes.add(w, now.shapes);
  }
  delete_shapes(sql, shapes.dropped);
  update_shapes(sql, shapes.changed);
  insert_shapes(sql, shapes.fresh);
  touch_regions(sql, writes);
  return out;
}

std::string box_literal(const view_box& b) {
  return fmt::format("(({},{}),({},{}))", b[2], b[3], b[0], b[1]);
}

} // namespace troupe
