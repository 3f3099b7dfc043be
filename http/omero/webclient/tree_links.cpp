// Links of the tree: what is in which container, put there and taken out.

#include "schema/queries/tree_links.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "http/omero/webclient/tree.hpp"
#include "http/omero/webclient/words.hpp"
#include "schema/queries/annotate.hpp"
#include "schema/queries/organise.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

web_response parent_links(call& c) {
  auto data = json::array();
  for (auto type : {object_type::image, object_type::dataset, object_type::plate}) {
    const auto ids = c.ids(name_of(type));
    if (ids.empty())
      continue;
    const auto links = c.ask(list_tree_links{.type = type, .children = ids});
    for (auto& l : links.items)
      data.push_back({{"id", l.id},
                      {"parent", {{"type", name_of(l.parent_type)}, {"id", l.parent}}},
                      {"child", {{"type", name_of(type)}, {"id", l.child}}}});
  }
  return document({{"data", data}});
}

/// Children to be in a container, or to leave it.
struct wished_links {
  object_type parent_type, child_type;
  int64_t parent = 0;
  std::vector<int64_t> children;
};

int64_t id_in_key(const std::string& key) {
  const auto id = id_in_text(key);
  if (!id)
    throw failure{errc::bad_request, "'" + key.substr(0, 80) + "' is no id of a parent"};
  return *id;
}

bool can_hold(object_type parent, object_type child) {
  using enum object_type;
  return (parent == project && child == dataset) || (parent == dataset && child == image)
         || (parent == screen && child == plate)
         || (parent == annotation && child == annotation);
}

std::vector<int64_t> children_in(const json& list) {
  if (!list.is_array())
    throw failure{errc::bad_request, "children must be a list of ids"};
  std::vector<int64_t> out;
  for (auto& id : list) {
    if (!id.is_number_integer())
      throw failure{errc::bad_request, "children must be a list of ids"};
    out.push_back(id.get<int64_t>());
  }
  return out;
}

const json& object_in(const json& value) {
  if (!value.is_object())
    throw failure{errc::bad_request,
                  R"(the body must be like {"dataset": {"10": {"image": [1, 2]}}})"};
  return value;
}

/// What does not go together is left out: clients also send whose the children are.
std::vector<wished_links> wished_in(const json& body) {
  std::vector<wished_links> out;
  for (auto& [parent_word, parents] : object_in(body).items())
    for (auto& [parent, kinds] : object_in(parents).items())
      for (auto& [child_word, children] : object_in(kinds).items()) {
        const auto above = type_of_word(parent_word), below = type_of_word(child_word);
        if (above && below && can_hold(*above, *below))
          out.push_back({*above, *below, id_in_key(parent), children_in(children)});
      }
  std::erase_if(out, [](auto& w) { return w.children.empty(); });
  return out;
}

void put_in(call& c, const wished_links& w) {
  if (w.parent_type == object_type::annotation)
    require_all(c.ask(annotate_objects{.type = w.parent_type,
                                       .ids = {w.parent},
                                       .annotations = w.children})
                  .objects);
  else
    require_all(c.ask(link_objects{.parent_type = w.parent_type,
                                   .child_type = w.child_type,
                                   .parent = w.parent,
                                   .children = w.children}));
}

void take_out(call& c, const wished_links& w) {
  if (w.parent_type == object_type::annotation)
    require_all(c.ask(unannotate_objects{
      .type = w.parent_type, .ids = {w.parent}, .annotations = w.children}));
  else
    require_all(c.ask(unlink_objects{.parent_type = w.parent_type,
                                     .child_type = w.child_type,
                                     .parent = w.parent,
                                     .children = w.children}));
}

tree_links links_of(call& c, const wished_links& w) {
  return c.ask(list_tree_links{.type = w.child_type, .children = w.children});
}

web_response make_links(call& c) {
  const auto wished = wished_in(c.document());
  for (auto& w : wished)
    put_in(c, w);
  return document({{"success", !wished.empty()}});
}

/// @throws failure{not_found} when none of them is there.
void require_some(call& c, const std::vector<wished_links>& wished) {
  for (auto& w : wished) {
    const auto links = links_of(c, w).items;
    if (std::any_of(links.begin(), links.end(),
                    [&](auto& l) { return l.parent == w.parent; }))
      return;
  }
  throw failure{errc::not_found, "there is no such link"};
}

std::string_view container_word(object_type type) {
  return type == object_type::annotation ? "tagset" : name_of(type);
}

web_response remove_links(call& c) {
  const auto wished = wished_in(c.document());
  require_some(c, wished);
  for (auto& w : wished)
    take_out(c, w);
  json body{{"success", true}};
  for (auto& w : wished)
    for (auto& l : links_of(c, w).items)
      body[std::string{container_word(l.parent_type)}][std::to_string(l.parent)]
          [std::string{word_of(w.child_type)}]
            .push_back(l.child);
  return document(body);
}

web_response wrong_way_to_link(call&) {
  return document({{"Error", "need to POST or DELETE JSON data to update links"}}, 405);
}

} // namespace

const std::vector<route> webclient_link_routes = routes_of({
  tree_row("GET", "/webclient/api/parent_links", parent_links),
  error_row("POST", "/webclient/api/links", make_links),
  error_row("DELETE", "/webclient/api/links", remove_links),
  error_row("GET", "/webclient/api/links", wrong_way_to_link),
  error_row("PUT", "/webclient/api/links", wrong_way_to_link),
});

} // namespace troupe::http::omero
