// Lists of objects and single ones.

#include "http/omero/api/objects.hpp"

#include "http/omero/api/collections.hpp"
#include "http/omero/api/paging.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

/// What a collection may be chosen by: the part of the path, else of the query.
struct chooser {
  object_type type;
  const char* name;
  object_type place;
};

std::vector<object_place> places_of(const call& c, object_type type) {
  using enum object_type;
  static constexpr chooser all[]{
    {project, "dataset", dataset}, {dataset, "project", project},
    {dataset, "image", image},     {image, "dataset", dataset},
    {screen, "plate", plate},      {plate, "screen", screen},
    {plate, "well", well},         {run, "plate", plate},
    {well, "plate", plate},        {roi, "image", image},
  };
  std::vector<object_place> out;
  for (auto& by : all) {
    if (by.type != type)
      continue;
    if (c.in.captured.contains(by.name))
      out.push_back({by.place, c.id(by.name)});
    else if (auto id = query_integer(c, by.name))
      out.push_back({by.place, *id});
  }
  if (type == well && c.in.captured.contains("plateacquisition"))
    out.push_back({run, c.id("plateacquisition")});
  return out;
}

std::string links_to_fields(const call& c, const char* plural, int64_t id,
                            const json& facts) {
  list_text out;
  const auto range = facts.at("fields");
  if (!range.at(0).is_null())
    for (auto n = range.at(0).get<int64_t>(); n <= range.at(1).get<int64_t>(); ++n)
      out.add(json_string(
        fmt::format("{}wellsampleindex/{}/wells/", address_of(c, plural, id), n)));
  return std::move(out).close();
}

void put_fields_of_wells(const call& c, object_text& out, const collection& of,
                         int64_t id, const json& facts) {
  out.raw("omero:wellsampleIndex", field_range(facts));
  out.raw("url:wellsampleindex_wells", links_to_fields(c, of.plural, id, facts));
}

void put_links(const call& c, object_text& out, const collection& of, int64_t id,
               const std::vector<const char*>& links) {
  const auto self = address_of(c, of.plural, id);
  for (auto link : links)
    out.put(fmt::format("url:{}", link), fmt::format("{}{}/", self, link));
}

marshal_wishes wishes_of(const call& c) {
  return {.short_details = query_flag(c, "normalize"),
          .image_inside = [&c](object_text& image, int64_t id) {
            image.put("url:image", address_of(c, "images", id));
          }};
}

object_text with_children(object_text out, const listed_object& o) {
  if (o.children)
    out.put("omero:childCount", *o.children);
  return out;
}

std::string listed_text(const call& c, const collection& of, const listed_object& o,
                        const details_book& whose, const marshal_wishes& wishes) {
  const auto facts = facts_in(o);
  auto out = with_children(marshalled(of.type, o, facts, whose, wishes), o);
  if (of.singular)
    out.put(fmt::format("url:{}", of.singular), address_of(c, of.plural, o.id));
  put_links(c, out, of, o.id, of.links);
  if (of.type == object_type::run)
    put_fields_of_wells(c, out, of, o.id, facts);
  return std::move(out).close();
}

[[noreturn]] void refuse_absent(object_type type, int64_t id) {
  throw refused{
    api_answer(fmt::format(R"({{"message":"{} {} not found","stacktrace":""}})",
                           omero_name(type), id),
               404)};
}

} // namespace

web_response list_of(call& c, object_type type) {
  const auto which = slice_of(c);
  list_objects q{.type = type,
                 .places = places_of(c, type),
                 .owner = query_integer(c, "owner"),
                 .orphaned = query_flag(c, "orphaned"),
                 .children = query_flag(c, "childCount"),
                 .offset = which.offset,
                 .limit = which.limit};
  if (c.in.captured.contains("index"))
    q.field = c.number("index");
  auto page = c.ask(q);
  const details_book whose{std::move(page.holdings)};
  auto wishes = wishes_of(c);
  wishes.inside = &page.images;
  list_text items;
  for (auto& o : page.items)
    items.add(listed_text(c, collection_of(type), o, whose, wishes));
  auto out = list_answer(std::move(items), which, page.total);
  if (wishes.short_details) {
    out.raw("experimenters", whose.people());
    out.raw("experimenterGroups", whose.groups());
  }
  return api_answer(std::move(out).close());
}

found_object find_whole(call& c, object_type type, int64_t id) {
  auto page = c.ask(list_objects{.type = type,
                                 .id = id,
                                 .children = query_flag(c, "childCount"),
                                 .whole = true,
                                 .limit = 1});
  if (page.items.empty())
    refuse_absent(type, id);
  auto facts = facts_in(page.items.front());
  return {std::move(page.items.front()), std::move(facts), std::move(page.images),
          details_book{std::move(page.holdings)}};
}

object_text bare_text(object_type type, const found_object& o) {
  return marshalled(type, o.self, o.facts, o.whose, {.whole = true, .inside = &o.images});
}

web_response data_answer(object_text object, int status) {
  return api_answer(fmt::format(R"({{"data":{}}})", std::move(object).close()), status);
}

web_response object_of(call& c, object_type type) {
  const auto& of = collection_of(type);
  const auto id = c.id("id");
  const auto found = find_whole(c, type, id);
  auto wishes = wishes_of(c);
  wishes.short_details = false;
  wishes.whole = true;
  wishes.inside = &found.images;
  auto out = with_children(marshalled(type, found.self, found.facts, found.whose, wishes),
                           found.self);
  put_links(c, out, of, id, of.single_links);
  if (type == object_type::plate || type == object_type::run)
    put_fields_of_wells(c, out, of, id, found.facts);
  if (type == object_type::shape)
    out.put("url:roi", address_of(c, "rois", found.facts.at("roi")));
  return data_answer(std::move(out));
}

} // namespace troupe::http::omero
