#include "http/omero/webclient/tree.hpp"

#include "schema/queries/batch.hpp"

#include <fmt/chrono.h>

#include <limits>

namespace troupe::http::omero {

namespace {

/// @throws refused: 403 for a group that the viewer does not see.
void require_group(call& c) {
  if (!c.in.group)
    return;
  try {
    c.who();
  } catch (const refused& r) {
    if (r.answer.status != 404)
      throw;
    throw refused{plain(fmt::format("Not a member of Group: {}", *c.in.group), 403)};
  }
}

json facts_in(const listed_object& o) {
  return o.facts.empty() ? json::object() : json::parse(o.facts);
}

/// Wells are called after their place.
json name_in(const listed_object& o, const json& facts) {
  return facts.contains("name") ? facts.at("name") : json(o.name);
}

object_page asked_page(call& c, list_objects question, const tree_page& which) {
  question.offset = which.offset;
  question.limit = which.limit;
  return c.ask(std::move(question));
}

} // namespace

row tree_row(const char* method, const char* pattern, web_response (*run)(call&)) {
  return {method, pattern, manner::text, [run](call& c) {
            require_group(c);
            return run(c);
          }};
}

tree_page tree_page_of(call& c, int32_t normal_limit) {
  const auto page = c.integer_or("page", 1);
  const auto limit = c.integer_or("limit", normal_limit);
  constexpr auto most = std::numeric_limits<int32_t>::max();
  if (page < 0 || page > most || limit < 1 || limit > most)
    throw failure{errc::bad_request, "Invalid parameter value: page and limit count"};
  if (page == 0)
    return {0, most};
  return {(page - 1) * limit, static_cast<int32_t>(limit)};
}

std::optional<int64_t> narrowing(call& c, const char* name) {
  const auto id = c.integer(name);
  return id && *id >= 0 ? id : std::nullopt;
}

std::string perms_css(int32_t rights, bool own) {
  static constexpr std::pair<right, const char*> words[]{
    {right::edit, "canEdit"},  {right::annotate, "canAnnotate"},
    {right::link, "canLink"},  {right::remove, "canDelete"},
    {right::move, "canChgrp"}, {right::give, "canChown"},
  };
  std::string out;
  for (auto& [needed, word] : words)
    if (rights & static_cast<int32_t>(needed))
      out += (out.empty() ? "" : " ") + std::string{word};
  if (own)
    out += out.empty() ? "isOwned" : " isOwned";
  return out;
}

int32_t rights_in(const object_page& page, const listed_object& o) {
  for (auto& h : page.holdings)
    if (h.owner.id == o.owner && h.group.id == o.group)
      return h.rights;
  return 0;
}

json tree_time(const json& milliseconds) {
  if (!milliseconds.is_number())
    return {};
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+00:00",
                     fmt::gmtime(milliseconds.get<int64_t>() / 1000));
}

json tree_item(call& c, const object_page& page, const listed_object& o) {
  const auto facts = facts_in(o);
  json out{{"id", o.id},
           {"name", name_in(o, facts)},
           {"ownerId", o.owner},
           {"permsCss", perms_css(rights_in(page, o), o.owner == c.who().account.id)}};
  if (o.children)
    out["childCount"] = *o.children;
  if (facts.contains("runs"))
    out["childCount"] = facts.at("runs");
  return out;
}

json tree_branch(call& c, list_objects question, const tree_page& which) {
  question.children = true;
  const auto page = asked_page(c, std::move(question), which);
  auto out = json::array();
  for (auto& o : page.items)
    out.push_back(tree_item(c, page, o));
  return out;
}

json image_branch(call& c, list_objects question, const tree_page& which) {
  question.type = object_type::image;
  const auto page = asked_page(c, std::move(question), which);
  const auto sizes = c.flag("sizeXYZ"), dates = c.flag("date"),
             versions = c.flag("thumbVersion");
  auto out = json::array();
  for (auto& o : page.items) {
    auto item = tree_item(c, page, o);
    const auto& i = o.image;
    item["archived"] = false;
    item["filesetId"] = i.fileset;
    if (sizes)
      item.update({{"sizeX", i.size.x},
                   {"sizeY", i.size.y},
                   {"sizeZ", i.size.z},
                   {"sizeT", i.size.t}});
    if (dates)
      item.update({{"date", tree_time(i.imported)},
                   {"acqDate", tree_time(i.acquired.value_or(i.imported))}});
    if (versions)
      item["thumbVersion"] = i.version;
    out.push_back(std::move(item));
  }
  return out;
}

} // namespace troupe::http::omero
