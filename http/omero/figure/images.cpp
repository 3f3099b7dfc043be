// What is told of images of figures: sizes, times, where they belong.

#include "http/encode.hpp"
#include "http/omero/marshal/plane_times.hpp"
#include "http/omero/marshal/shown_length.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/image_data.hpp"
#include "schema/queries/metadata.hpp"
#include "schema/queries/object_pages.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

void put_stored_size(json& sizes, const char* axis,
                     const std::optional<formats::quantity>& size) {
  if (!size)
    return;
  const auto shown = stored_length(*size);
  sizes[fmt::format("value{}", axis)] = shown.value;
  sizes[fmt::format("symbol{}", axis)] = shown.symbol;
  sizes[fmt::format("unit{}", axis)] = shown.unit;
}

/// Of the image among the fields of a well, from 1; in all, and in its run.
json place_in_well(const json& fields, int64_t image) {
  json run;
  int64_t index = 0, index_in_run = 0;
  for (auto& f : fields)
    if (f.at("image") == image)
      run = f.at("run");
  for (auto& f : fields) {
    ++index;
    index_in_run += f.at("run") == run ? 1 : 0;
    if (f.at("image") == image)
      return {{"index", index}, {"index_run", index_in_run}};
  }
  return json::object();
}

void put_well(call& c, json& parents, int64_t well, int64_t image) {
  const auto found = json::parse(c.ask(find_well{.well = well}).text);
  const int64_t plate = found.at("plate");
  const auto plates =
    c.ask(list_objects{.type = object_type::plate, .id = plate, .limit = 1});
  if (!plates.items.empty())
    parents["plate"] = {{"id", plate}, {"name", plates.items[0].name}};
  parents["well"] = {{"id", well}, {"label", found.at("name")}};
  parents["wellsample"] = place_in_well(found.at("fields"), image);
}

json parents_of_image(call& c, const image_details& x) {
  auto out = json::object();
  if (!x.datasets.empty()) {
    const auto& [first, projects] = x.datasets[0];
    if (!projects.empty())
      out["project"] = {{"id", projects[0].id}, {"name", projects[0].name}};
    out["dataset"] = {
      {"id", first.id},
      {"name", first.name},
      {"childCount", c.ask(find_dataset{.dataset = first.id}).self.children}};
  }
  if (auto& wells = x.context->wells; !wells.empty())
    put_well(c, out, wells[0], x.entry.id);
  return out;
}

web_response image_of_figure(call& c) {
  const auto x = c.ask(find_image{.image = c.id("image"), .with_context = true});
  auto out = image_data(x);
  put_stored_size(out["pixel_size"], "X", x.physical_x);
  put_stored_size(out["pixel_size"], "Y", x.physical_y);
  put_stored_size(out["pixel_size"], "Z", x.physical_z);
  out["deltaT"] = plane_times(c, x);
  out["parents"] = parents_of_image(c, x);
  return document(out);
}

/// {"62": what `tell` says} for every image of ?image= that can be seen.
template <class Tell>
web_response told_of_images(call& c, Tell tell) {
  auto out = json::object();
  for (auto image : c.ids("image"))
    if (const auto x = c.find(find_image{.image = image}))
      out[std::to_string(image)] = tell(*x);
  return document(out);
}

web_response timestamps(call& c) {
  return told_of_images(c,
                        [&](const image_details& x) { return json(plane_times(c, x)); });
}

web_response types_of_pixels(call& c) {
  return told_of_images(c, [&](const image_details& x) {
    return json{{"pixelsType", name_of(x.entry.type)},
                {"pixel_range", pixel_range(x.entry.type)}};
  });
}

web_response steps_of_sections(call& c) {
  return told_of_images(c, [](const image_details& x) {
    auto out = json::object();
    put_stored_size(out, "Z", x.physical_z);
    return out;
  });
}

web_response details_of_images(call& c) {
  auto list = json::array();
  for (auto image : c.ids("image")) {
    const auto page =
      c.ask(list_objects{.type = object_type::image, .id = image, .limit = 1});
    if (page.items.empty())
      continue;
    const auto& whose = page.holdings.at(0);
    list.push_back({{"id", image},
                    {"name", page.items[0].name},
                    {"group", {{"id", whose.group.id}, {"name", whose.group.name}}},
                    {"owner",
                     {{"id", whose.owner.id},
                      {"firstName", whose.owner.first_name},
                      {"lastName", whose.owner.last_name}}}});
  }
  return document({{"data", list}});
}

} // namespace

const std::vector<route> figure_image_routes = routes_of({
  {"GET", "/figure/imgData/{image}", manner::data, image_of_figure},
  {"GET", "/figure/timestamps", manner::data, timestamps},
  {"GET", "/figure/pixels_type", manner::data, types_of_pixels},
  {"GET", "/figure/z_scale", manner::data, steps_of_sections},
  {"GET", "/figure/images_details", manner::data, details_of_images},
});

} // namespace troupe::http::omero
