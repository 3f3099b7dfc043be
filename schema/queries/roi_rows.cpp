// Regions of interest, shapes and folders as rows.

#include "schema/queries/metadata_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/base64.hpp"

#include <set>

namespace troupe {

namespace {

using nlohmann::json;

int64_t number_of(const rgba& c) {
  return int64_t{c.red} << 24 | int64_t{c.green} << 16 | int64_t{c.blue} << 8 | c.alpha;
}

void put(json& row, const char* key, const std::string& text) {
  if (!text.empty())
    row[key] = clean_text(text, 255);
}

void put(json& row, const char* key, const std::optional<metadata::quantity>& q) {
  if (q)
    row[key] = {{"value", q->value}, {"unit", clean_text(q->unit, 64)}};
}

json json_of(const metadata::shape_style& s) {
  auto style = json::object();
  put(style, "strokeWidth", s.stroke_width);
  put(style, "strokeDashes", s.stroke_dashes);
  put(style, "fillRule", s.fill_rule);
  put(style, "lineCap", s.line_cap);
  put(style, "markerStart", s.marker_start);
  put(style, "markerEnd", s.marker_end);
  put(style, "fontFamily", s.font_family);
  put(style, "fontStyle", s.font_style);
  put(style, "fontSize", s.font_size);
  return style;
}

/// Rows {main, folder, <what>} for what the folders hold.
template <class Members>
json folder_members(const registration& what, const char* name, Members members) {
  return per_document(what, [&](json& rows, json row, const metadata::document& about) {
    for (size_t i = 0; i < about.folders.size(); ++i)
      for (auto member : members(about, about.folders[i])) {
        row["folder"] = i;
        row[name] = member;
        rows.push_back(row);
      }
  });
}

} // namespace

json shape_row(json row, const metadata::shape& s) {
  row["kind"] = static_cast<int>(s.kind);
  for (auto [axis, value] :
       {std::pair{"z", s.z}, std::pair{"c", s.c}, std::pair{"t", s.t}})
    if (value)
      row[axis] = *value;
  row["bounds"] = metadata::bounds_of(s);
  row["geometry"] = s.geometry;
  if (const auto& m = s.transform)
    row["transform"] = {m->a00, m->a10, m->a01, m->a11, m->a02, m->a12};
  if (s.mask.size() > 0)
    row["mask"] = to_base64({s.mask.data(), s.mask.size()});
  row["text"] = clean_text(s.text, 10'000);
  row["locked"] = s.locked;
  if (s.style.fill)
    row["fill"] = number_of(*s.style.fill);
  if (s.style.stroke)
    row["stroke"] = number_of(*s.style.stroke);
  row["style"] = json_of(s.style);
  return row;
}

std::vector<roi_place> roi_places(const metadata::document& about) {
  std::vector<roi_place> places;
  for (size_t i = 0; i < about.rois.size(); ++i) {
    const auto& images = about.rois[i].images;
    if (images.empty())
      places.push_back({i, std::nullopt});
    for (auto series : std::set(images.begin(), images.end()))
      places.push_back({i, series});
  }
  return places;
}

json roi_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const metadata::document& about) {
    const auto places = roi_places(about);
    for (size_t i = 0; i < places.size(); ++i) {
      const auto& roi = about.rois[places[i].roi];
      row["position"] = i;
      row["series"] = places[i].series ? json(*places[i].series) : json{};
      row["name"] = clean_text(roi.name, 255);
      row["description"] = clean_text(roi.description);
      rows.push_back(row);
    }
  });
}

json shape_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const metadata::document& about) {
    const auto places = roi_places(about);
    for (size_t i = 0; i < places.size(); ++i) {
      const auto& shapes = about.rois[places[i].roi].shapes;
      row["roi"] = i;
      for (size_t n = 0; n < shapes.size(); ++n) {
        row["position"] = n;
        rows.push_back(shape_row(row, shapes[n]));
      }
    }
  });
}

json folder_rows(const registration& what) {
  return per_document(what, [](json& rows, json row, const metadata::document& about) {
    for (size_t i = 0; i < about.folders.size(); ++i) {
      const auto& f = about.folders[i];
      row["position"] = i;
      row["parent"] = f.parent ? json(*f.parent) : json{};
      row["name"] = file_given_name(f.name, f.id, "folder", i);
      row["description"] = clean_text(f.description);
      rows.push_back(row);
    }
  });
}

json folder_image_rows(const registration& what) {
  return folder_members(what, "series",
                        [](auto&, const metadata::folder& f) { return f.images; });
}

json folder_roi_rows(const registration& what) {
  return folder_members(what, "roi",
                        [](const metadata::document& about, const metadata::folder& f) {
                          std::vector<size_t> rows;
                          const auto places = roi_places(about);
                          for (auto roi : f.rois)
                            for (size_t i = 0; i < places.size(); ++i)
                              if (places[i].roi == static_cast<size_t>(roi))
                                rows.push_back(i);
                          return rows;
                        });
}

} // namespace troupe
