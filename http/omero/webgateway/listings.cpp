// Projects, datasets, wells and what is in them.

#include "http/encode.hpp"
#include "http/omero/marshal/values.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/cards.hpp"
#include "schema/queries/object_pages.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr int32_t all_objects = 100'000;

json named_object(const listed_object& o) {
  return {{"id", o.id}, {"name", o.name}, {"description", o.description}};
}

web_response projects(call& c) {
  auto list = json::array();
  const auto page =
    c.ask(list_objects{.type = object_type::project, .limit = all_objects});
  for (auto& o : page.items)
    list.push_back(named_object(o));
  return document(list);
}

auto details_of(object_type type, const char* name, const char* part) {
  return [=](call& c) {
    const auto id = c.id(part);
    const auto page = c.ask(list_objects{.type = type, .id = id});
    if (page.items.empty())
      throw failure{errc::not_found, fmt::format("{} {} not found", name, id)};
    auto out = named_object(page.items.front());
    out["type"] = name;
    return document(out);
  };
}

web_response datasets_of_project(call& c) {
  auto list = json::array();
  const auto page =
    c.ask(list_objects{.type = object_type::dataset,
                       .places = {{object_type::project, c.id("project")}},
                       .children = true,
                       .limit = all_objects});
  for (auto& o : page.items) {
    auto item = named_object(o);
    item["type"] = "Dataset";
    item["child_count"] = o.children.value_or(0);
    list.push_back(std::move(item));
  }
  return document(list);
}

web_response images_of_dataset(call& c) {
  auto list = json::array();
  const auto tiled = c.in.argument("tiled").has_value();
  const auto found =
    c.ask(list_image_cards{.in = object_type::dataset, .id = c.id("dataset")});
  for (auto& card : found.items) {
    auto item = card_json(c, card);
    if (tiled) {
      item["size"] = {{"width", card.size.width}, {"height", card.size.height}};
      item["tiled"] = card.levels > 1;
    }
    list.push_back(std::move(item));
  }
  return document(list);
}

json offset_json(const metadata::quantity& q) {
  const auto length = json::parse(length_text(q));
  return {{"value", q.value}, {"unit", length.at("Unit")}};
}

json field_json(const call& c, const image_card& card) {
  auto item = card_json(c, card);
  if (card.at.run && !card.at.run_name.empty())
    item["name"] = fmt::format("{} [Run: {}]", card.name, card.at.run_name);
  if (card.at.x && card.at.y)
    item["position"] = {{"x", offset_json(*card.at.x)}, {"y", offset_json(*card.at.y)}};
  return item;
}

web_response fields_of_well(call& c) {
  auto list = json::array();
  const auto run = c.integer("run");
  const auto found = c.ask(list_image_cards{.in = object_type::well, .id = c.id("well")});
  for (auto& card : found.items)
    if (!run || card.at.run == run)
      list.push_back(field_json(c, card));
  return document(list);
}

web_response first_of_well(call& c) {
  const auto well = c.id("well");
  const auto found = c.ask(list_image_cards{.in = object_type::well, .id = well});
  if (found.items.empty())
    throw failure{errc::not_found, fmt::format("Well {} has no images", well)};
  const auto& first = found.items.front();
  const auto plate = c.ask(
    list_objects{.type = object_type::plate, .places = {{object_type::well, well}}});
  auto out = card_json(c, first);
  out["wellPos"] = fmt::format("{}{}", letters_of(first.at.row), first.at.column + 1);
  out["wellId"] = well;
  out["plateId"] = plate.items.empty() ? json{} : json(plate.items.front().id);
  return document(out);
}

} // namespace

const std::vector<route> gateway_listing_routes = routes_of({
  {"GET", "/webgateway/proj/list", manner::data, projects},
  {"GET", "/webgateway/proj/{project}/detail", manner::data,
   details_of(object_type::project, "Project", "project")},
  {"GET", "/webgateway/proj/{project}/children", manner::data, datasets_of_project},
  {"GET", "/webgateway/dataset/{dataset}/detail", manner::data,
   details_of(object_type::dataset, "Dataset", "dataset")},
  {"GET", "/webgateway/dataset/{dataset}/children", manner::data, images_of_dataset},
  {"GET", "/webgateway/well/{well}/children", manner::data, fields_of_well},
  {"GET", "/webgateway/wellData/{well}", manner::data, first_of_well},
});

} // namespace troupe::http::omero
