// A plate as a grid of wells, each with one of its fields.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/cards.hpp"
#include "schema/queries/metadata.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace troupe::http::omero {

namespace {

using well_place = std::pair<int32_t, int32_t>; ///< row and column of a well, from 0

/// The field of each well: counted in the well, or from the first one of a run.
std::map<well_place, image_card> chosen_fields(const image_cards& all, int32_t field,
                                               std::optional<int64_t> run) {
  std::map<well_place, image_card> out;
  std::map<well_place, int32_t> first;
  for (auto& card : all.items) {
    if (run && card.at.run != run)
      continue;
    const well_place at{card.at.row, card.at.column};
    const auto from = run ? first.try_emplace(at, card.at.position).first->second : 0;
    if (card.at.position - from == field)
      out.emplace(at, card);
  }
  return out;
}

/// Rows or columns that are shown: from `first`, before `end`.
struct span_of_wells {
  int32_t first = 0, end = 0;
};
struct grid_layout {
  span_of_wells rows, columns;
};

/// 8 x 12, 16 x 24 ... until both fit.
grid_layout standard_size(const grid_layout& needed) {
  int32_t rows = 8, columns = 12;
  while (rows < needed.rows.end || columns < needed.columns.end) {
    rows *= 2;
    columns *= 2;
  }
  return {{0, rows}, {0, columns}};
}

grid_layout layout_of(const std::set<well_place>& wells, std::string_view wish) {
  grid_layout out;
  if (!wells.empty()) {
    out.rows.first = out.columns.first = INT32_MAX;
    for (auto [row, column] : wells) {
      out.rows = {std::min(out.rows.first, row), std::max(out.rows.end, row + 1)};
      out.columns = {std::min(out.columns.first, column),
                     std::max(out.columns.end, column + 1)};
    }
  }
  if (wish == "shrink")
    return out;
  out.rows.first = out.columns.first = 0;
  return wish == "trim" ? out : standard_size(out);
}

/// 1, 2 ... or "A", "B" ... "AA".
json labels_of(span_of_wells span, bool letters) {
  auto out = json::array();
  for (auto i = span.first; i < span.end; ++i)
    out.push_back(letters ? json(letters_of(i)) : json(i + 1));
  return out;
}

json grid_of(const call& c, const grid_layout& l,
             const std::map<well_place, image_card>& fields, int32_t field,
             std::optional<int32_t> size) {
  auto grid = json::array();
  for (auto row = l.rows.first; row < l.rows.end; ++row) {
    auto line = json::array();
    for (auto column = l.columns.first; column < l.columns.end; ++column) {
      const auto found = fields.find({row, column});
      if (found == fields.end()) {
        line.push_back(nullptr);
        continue;
      }
      auto cell = card_json(c, found->second, size);
      cell["date"] = static_cast<int64_t>(std::floor(found->second.taken));
      cell["wellId"] = found->second.at.well;
      cell["field"] = field;
      line.push_back(std::move(cell));
    }
    grid.push_back(std::move(line));
  }
  return grid;
}

/// Each size once, with an image that has it.
json sizes_of(const std::map<well_place, image_card>& fields) {
  auto out = json::array();
  std::set<std::pair<int32_t, int32_t>> seen;
  for (auto& [at, card] : fields)
    if (seen.emplace(card.size.width, card.size.height).second)
      out.push_back(
        {{"x", card.size.width}, {"y", card.size.height}, {"image_id", card.id}});
  return out;
}

web_response plate(call& c) {
  const auto id = c.id("plate");
  const auto field = c.in.captured.contains("field") ? c.number("field") : 0;
  const auto run =
    c.in.captured.contains("run") ? std::optional{c.id("run")} : std::nullopt;
  const auto about = json::parse(c.ask(find_plate{.plate = id}).text);
  const auto all = c.ask(list_image_cards{.in = object_type::plate, .id = id});
  std::set<well_place> wells;
  for (auto& w : about.at("wells"))
    wells.emplace(w.at("row"), w.at("column"));
  const auto layout = layout_of(wells, c.in.argument("layout").value_or("expand"));
  const auto fields = chosen_fields(all, field, run);
  std::optional<int32_t> size;
  if (const auto wanted = c.integer("size"))
    size = static_cast<int32_t>(*wanted);
  return document(
    {{"grid", grid_of(c, layout, fields, field, size)},
     {"collabels", labels_of(layout.columns, about.at("columnNaming") == "letter")},
     {"rowlabels", labels_of(layout.rows, about.at("rowNaming") == "letter")},
     {"image_sizes", sizes_of(fields)}});
}

} // namespace

const std::vector<route> gateway_plate_routes = routes_of({
  {"GET", "/webgateway/plate/{plate}", manner::data, plate},
  {"GET", "/webgateway/plate/{plate}/{field}", manner::data, plate},
  {"GET", "/webgateway/plate/{plate}/{field}/{run}", manner::data, plate},
});

} // namespace troupe::http::omero
