// The tree's tags: sets, the tags in them, what carries a tag.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/tree.hpp"
#include "schema/queries/annotate.hpp"
#include "schema/queries/tag_branches.hpp"

namespace troupe::http::omero {

namespace {

json tags_in(call& c, const list_tag_branches& question) {
  auto list = json::array();
  for (auto& t : c.ask(question).items) {
    json item{{"id", t.id},
              {"value", t.value},
              {"ownerId", t.owner},
              {"permsCss", perms_css(t.rights, t.owner == c.who().account.id)},
              {"set", t.set},
              {"childCount", t.children}};
    if (!t.description.empty())
      item["description"] = t.description;
    list.push_back(std::move(item));
  }
  return list;
}

web_response tree_tags(call& c) {
  using enum object_type;
  const auto tag = narrowing(c, "id"), owner = narrowing(c, "experimenter_id");
  const auto page = tree_page_of(c);
  json body{{"tags", tags_in(c, {.in = tag,
                                 .owner = owner,
                                 .orphaned = c.flag("orphaned"),
                                 .offset = page.offset,
                                 .limit = page.limit})}};
  if (!tag)
    return document(body);
  const std::vector<object_place> places{{annotation, *tag}};
  auto tagged = [&](object_type type) {
    return tree_branch(c, {.type = type, .places = places, .owner = owner}, page);
  };
  body.update({{"projects", tagged(project)},
               {"datasets", tagged(dataset)},
               {"images", image_branch(c, {.places = places, .owner = owner}, page)},
               {"screens", tagged(screen)},
               {"plates", tagged(plate)},
               {"acquisitions", tagged(run)},
               {"wells", tagged(well)}});
  return document(body);
}

web_response delete_tags(call& c) {
  const auto ids = c.ids("id");
  if (ids.empty())
    throw failure{errc::bad_request, "id: the tags are missing"};
  require_all(c.ask(delete_annotations{.ids = ids}));
  return document(json::object());
}

} // namespace

const std::vector<route> webclient_tag_routes = routes_of({
  tree_row("GET", "/webclient/api/tags", tree_tags),
  tree_row("DELETE", "/webclient/api/tags", delete_tags),
});

} // namespace troupe::http::omero
