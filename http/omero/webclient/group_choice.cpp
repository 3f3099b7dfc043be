#include "http/omero/webclient/group_choice.hpp"

#include "http/encode.hpp"
#include "http/omero/webclient/words.hpp"
#include "http/plain_page.hpp"
#include "schema/queries/groups.hpp"
#include "schema/queries/object_pages.hpp"
#include "schema/queries/owned_objects.hpp"
#include "schema/queries/people.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace troupe::http::omero {

namespace {

constexpr auto all_of_them = std::numeric_limits<int32_t>::max();

struct whose_they_are {
  std::set<int64_t> owners, groups;
};

whose_they_are owners_of_named(call& c) {
  whose_they_are out;
  for (auto& o : objects_named(c)) {
    const auto found = c.ask(list_owned_objects{.type = o.type, .ids = o.ids});
    for (auto& x : found.items) {
      out.owners.insert(x.owner);
      out.groups.insert(x.group);
    }
  }
  return out;
}

bool all_are_in(const group_details& group, const std::set<int64_t>& owners) {
  return std::ranges::all_of(owners, [&](int64_t owner) {
    return std::ranges::any_of(group.members, [&](auto& m) { return m.who.id == owner; });
  });
}

json group_to_move_to(const group_record& g) {
  return {{"id", g.id},
          {"name", g.name},
          {"perms",
           {{"write", g.level == group_level::write},
            {"annotate", g.level >= group_level::annotate},
            {"read", g.level >= group_level::read}}}};
}

/// Images that the request names, alone or by their datasets.
std::set<int64_t> images_named(call& c) {
  std::set<int64_t> out;
  for (auto& o : objects_named(c)) {
    if (o.type == object_type::image)
      out.insert(o.ids.begin(), o.ids.end());
    if (o.type != object_type::dataset)
      continue;
    for (auto dataset : o.ids) {
      const auto page = c.ask(list_objects{.type = object_type::image,
                                           .places = {{object_type::dataset, dataset}},
                                           .limit = all_of_them});
      for (auto& image : page.items)
        out.insert(image.id);
    }
  }
  return out;
}

std::set<int64_t> filesets_of(call& c, const std::set<int64_t>& images) {
  std::set<int64_t> out;
  for (auto image : images) {
    const auto page =
      c.ask(list_objects{.type = object_type::image, .id = image, .limit = 1});
    for (auto& found : page.items)
      out.insert(found.image.fileset);
  }
  return out;
}

/// A line of the page for a fileset that would be torn; empty when all of it is named.
std::string torn_fileset(call& c, int64_t fileset, const std::set<int64_t>& named) {
  const auto page = c.ask(list_objects{.type = object_type::image,
                                       .places = {{object_type::fileset, fileset}},
                                       .limit = all_of_them});
  std::string left;
  for (auto& image : page.items)
    if (!named.contains(image.id))
      left += fmt::format("{}{}", left.empty() ? "" : ", ", in_markup(image.name));
  return left.empty() ? "" : fmt::format("<li>Fileset {}: also {}</li>\n", fileset, left);
}

} // namespace

web_response groups_to_move_to(call& c) {
  const auto whose = owners_of_named(c);
  auto owners = json::array(), groups = json::array();
  for (auto owner : whose.owners)
    owners.push_back(json::array({owner, c.ask(find_person{.account = owner}).name}));
  auto known = c.ask(list_groups{.all = c.who().who.everything});
  std::ranges::sort(known, {}, &group_record::name);
  for (auto& g : known) {
    const bool there = whose.groups.size() == 1 && whose.groups.contains(g.id);
    if (g.name == "user" || there)
      continue;
    const auto details = c.find(find_group{.group = g.id});
    if (details && all_are_in(*details, whose.owners))
      groups.push_back(group_to_move_to(g));
  }
  return document({{"owners", owners}, {"groups", groups}});
}

web_response split_filesets(call& c) {
  const auto& action = c.in.captured.at("action");
  if (action != "delete" && action != "chgrp")
    throw failure{errc::not_found, "filesets are looked at before delete and chgrp"};
  const auto named = images_named(c);
  std::string lines;
  for (auto fileset : filesets_of(c, named))
    lines += torn_fileset(c, fileset, named);
  web_response out{.type = "text/html; charset=utf-8"};
  if (!lines.empty())
    out.text = fmt::format("<div class=\"split_filesets\">\n<p>These images came with"
                           " others and stay with them:</p>\n<ul>\n{}</ul>\n</div>\n",
                           lines);
  return out;
}

} // namespace troupe::http::omero
