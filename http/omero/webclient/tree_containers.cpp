// The tree's containers and images, level by level.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/tree.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <limits>

namespace troupe::http::omero {

namespace {

/// Images in nothing are shown as if they were in a container; its id is their owner's.
json orphaned_container(call& c, std::optional<int64_t> owner) {
  const auto images = c.ask(list_objects{
    .type = object_type::image, .owner = owner, .orphaned = true, .limit = 0});
  return {{"id", owner.value_or(-1)},
          {"childCount", images.total},
          {"name", "Orphaned Images"}};
}

/// What is at the top: of one person or, with -1, of everybody.
web_response tree_top(call& c) {
  using enum object_type;
  const auto owner = narrowing(c, "id");
  const auto page = tree_page_of(c);
  auto branch = [&](object_type type) {
    return tree_branch(c, {.type = type, .owner = owner, .orphaned = true}, page);
  };
  return document({{"projects", branch(project)},
                   {"datasets", branch(dataset)},
                   {"screens", branch(screen)},
                   {"plates", branch(plate)},
                   {"orphaned", orphaned_container(c, owner)}});
}

/// What is in the container that `id` names; without it all there is.
std::vector<object_place> inside(call& c, object_type container) {
  const auto id = narrowing(c, "id");
  return id ? std::vector<object_place>{{container, *id}} : std::vector<object_place>{};
}

web_response tree_datasets(call& c) {
  return document({{"datasets", tree_branch(c,
                                            {.type = object_type::dataset,
                                             .places = inside(c, object_type::project),
                                             .owner = narrowing(c, "experimenter_id")},
                                            tree_page_of(c))}});
}

web_response tree_plates(call& c) {
  return document({{"plates", tree_branch(c,
                                          {.type = object_type::plate,
                                           .places = inside(c, object_type::screen),
                                           .owner = narrowing(c, "experimenter_id")},
                                          tree_page_of(c))}});
}

web_response tree_images(call& c) {
  return document({{"images", image_branch(c,
                                           {.places = inside(c, object_type::dataset),
                                            .owner = narrowing(c, "experimenter_id"),
                                            .orphaned = c.flag("orphaned")},
                                           tree_page_of(c))}});
}

/// Of a run that nobody named: when it was, else its number.
std::string name_of_run(const listed_object& run) {
  const auto facts = json::parse(run.facts);
  const auto &started = facts.at("started"), &ended = facts.at("ended");
  if (!run.name.empty())
    return run.name;
  if (started.is_null() || ended.is_null())
    return fmt::format("Run {}", run.id);
  auto second = [](const json& ms) { return fmt::gmtime(ms.get<int64_t>() / 1000); };
  return fmt::format("{:%Y-%m-%d %H:%M:%S} - {:%Y-%m-%d %H:%M:%S}", second(started),
                     second(ended));
}

/// In order of their ids, while other lists are in order of names.
web_response tree_runs(call& c) {
  const auto plate = c.integer("id");
  if (!plate)
    throw failure{errc::bad_request, "id: the plate is missing"};
  auto page = c.ask(list_objects{.type = object_type::run,
                                 .places = {{object_type::plate, *plate}},
                                 .limit = std::numeric_limits<int32_t>::max()});
  std::sort(page.items.begin(), page.items.end(),
            [](auto& a, auto& b) { return a.id < b.id; });
  const auto which = tree_page_of(c);
  const auto count = static_cast<int64_t>(page.items.size());
  auto runs = json::array();
  for (auto i = which.offset; i < std::min(count, which.offset + which.limit); ++i) {
    const auto& o = page.items[static_cast<size_t>(i)];
    auto item = tree_item(c, page, o);
    item["name"] = name_of_run(o);
    runs.push_back(std::move(item));
  }
  return document({{"acquisitions", runs}});
}

/// Nobody shares the old way.
web_response no_shares(call&) {
  return document({{"shares", json::array()}, {"discussions", json::array()}});
}

web_response no_share_images(call&) {
  return document({{"images", json::array()}});
}

} // namespace

const std::vector<route> webclient_container_routes = routes_of({
  tree_row("GET", "/webclient/api/containers", tree_top),
  tree_row("GET", "/webclient/api/datasets", tree_datasets),
  tree_row("GET", "/webclient/api/images", tree_images),
  tree_row("GET", "/webclient/api/plates", tree_plates),
  tree_row("GET", "/webclient/api/plate_acquisitions", tree_runs),
  tree_row("GET", "/webclient/api/shares", no_shares),
  tree_row("GET", "/webclient/api/share_images/{share}", no_share_images),
});

} // namespace troupe::http::omero
