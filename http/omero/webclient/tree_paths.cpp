// Where an object is in the tree: every way to it, from a person down.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/tree.hpp"
#include "http/omero/webclient/words.hpp"
#include "schema/queries/people.hpp"
#include "schema/queries/tree_ways.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

struct named_step {
  std::string type;
  int64_t id;
};

/// What the request names, the innermost first: ways lead to that, the others choose
/// among them.
std::vector<named_step> steps_named(call& c) {
  static constexpr std::pair<const char*, const char*> names[]{
    {"image", "image"},
    {"dataset", "dataset"},
    {"project", "project"},
    {"well", "well"},
    {"acquisition", "acquisition"},
    {"run", "acquisition"},
    {"plate", "plate"},
    {"screen", "screen"},
    {"roi", "roi"},
    {"shape", "shape"},
    {"tag", "tag"},
    {"tagset", "tagset"},
    {"experimenter", "experimenter"},
  };
  std::vector<named_step> out;
  for (auto& [name, type] : names)
    if (auto id = c.integer(name))
      out.push_back({type, *id});
  return out;
}

bool goes_through(const json& path, const named_step& step) {
  if (step.type == "roi" || step.type == "shape")
    return true; // its image is on the path
  return std::any_of(path.begin(), path.end(), [&](auto& part) {
    return part.at("type") == step.type && part.at("id") == step.id;
  });
}

json path_of(const tree_way& way, int64_t page_size) {
  auto path = json::array({{{"type", "experimenter"}, {"id", way.front().owner}}});
  for (auto& step : way) {
    json part{{"type", step.type}, {"id", step.id}};
    if (step.children) {
      part["childCount"] = *step.children;
      if (*step.children > page_size) {
        part["childIndex"] = *step.index;
        part["childPage"] = *step.index / page_size + 1;
      }
    }
    path.push_back(std::move(part));
  }
  return path;
}

json paths_to_person(call& c, int64_t id) {
  auto paths = json::array();
  if (c.find(find_person{.account = id}))
    paths.push_back({{{"type", "experimenter"}, {"id", id}}});
  return paths;
}

web_response paths_to_object(call& c) {
  const auto steps = steps_named(c);
  const auto page_size = c.integer_or("page_size", 200);
  if (page_size < 1)
    throw failure{errc::bad_request, "page_size: not a number from 1 on"};
  auto paths = json::array();
  if (steps.empty())
    return document({{"paths", paths}});
  if (steps.front().type == "experimenter")
    return document({{"paths", paths_to_person(c, steps.front().id)}});
  const auto ways =
    c.ask(find_tree_ways{.type = known_type(steps.front().type), .id = steps.front().id});
  for (auto& way : ways.items) {
    auto path = path_of(way, page_size);
    if (std::all_of(steps.begin(), steps.end(),
                    [&](auto& step) { return goes_through(path, step); }))
      paths.push_back(std::move(path));
  }
  return document({{"paths", paths}});
}

} // namespace

const std::vector<route> webclient_path_routes = routes_of({
  tree_row("GET", "/webclient/api/paths_to_object", paths_to_object),
});

} // namespace troupe::http::omero
