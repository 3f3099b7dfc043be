// Objects moved to another group or given to another person, and what that would cost.

#include "schema/queries/moves.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/activities.hpp"
#include "http/omero/webclient/annotated.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "http/omero/webclient/group_choice.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/job_acts.hpp"
#include "schema/queries/object_pages.hpp"
#include "schema/queries/tree_links.hpp"

#include <fmt/format.h>

#include <set>

namespace troupe::http::omero {

namespace {

int64_t required_id(call& c, const char* name) {
  const auto id = c.integer(name);
  if (!id)
    throw failure{errc::bad_request, std::string{name} + ": it is missing"};
  return *id;
}

/// Those of the kinds that trees show in containers.
std::vector<tree_link> links_of_all(call& c, const std::vector<named_objects>& objects) {
  std::vector<tree_link> out;
  for (auto& o : objects)
    if (o.type == object_type::image || o.type == object_type::dataset
        || o.type == object_type::plate)
      for (auto& link : c.ask(list_tree_links{.type = o.type, .children = o.ids}).items)
        out.push_back(link);
  return out;
}

bool is_childless(call& c, const tree_link& link) {
  const auto child = link.parent_type == object_type::project   ? object_type::dataset
                     : link.parent_type == object_type::dataset ? object_type::image
                                                                : object_type::plate;
  return c.ask(list_objects{
                 .type = child, .places = {{link.parent_type, link.parent}}, .limit = 0})
           .total
         == 0;
}

/// What leaves the tree, and which containers have nothing left.
/// @param before  the links that there were.
json update_of_tree(call& c, const std::vector<named_objects>& objects,
                    const std::vector<tree_link>& before) {
  json removed{{"project", json::array()},
               {"dataset", json::array()},
               {"screen", json::array()},
               {"plate", json::array()},
               {"image", json::array()}};
  for (auto& o : objects)
    if (removed.contains(name_of(o.type)))
      removed[std::string{name_of(o.type)}] = o.ids;
  std::set<int64_t> projects, datasets;
  for (auto& link : before)
    if (link.parent_type != object_type::screen && is_childless(c, link))
      (link.parent_type == object_type::project ? projects : datasets)
        .insert(link.parent);
  const auto orphans = c.ask(list_objects{.type = object_type::image,
                                          .owner = c.who().account.id,
                                          .orphaned = true,
                                          .limit = 0});
  return {{"update",
           {{"remove", removed},
            {"childless",
             {{"project", projects},
              {"dataset", datasets},
              {"orphaned", orphans.total == 0}}}}}};
}

/// Where what is moved goes: a container there is, or a new one. Made in the group that
/// the request looks at.
std::optional<object_place> container_for_moved(call& c) {
  if (auto word = c.field("target_id"); word && !word->empty()) {
    const auto [type, id] = object_word(*word);
    return object_place{type, id};
  }
  const auto name = c.field("new_container_name").value_or("");
  if (name.empty())
    return std::nullopt;
  const auto type = c.field("new_container_type").value_or("");
  if (type == "project")
    return object_place{object_type::project, c.ask(create_project{.name = name}).id};
  if (type == "dataset")
    return object_place{object_type::dataset, c.ask(create_dataset{.name = name}).id};
  if (type != "screen")
    throw failure{errc::bad_request,
                  "new_container_type: it is project, dataset or screen"};
  const auto made = c.ask(create_container{.type = object_type::screen, .name = name});
  return object_place{object_type::screen, json::parse(made.text).at("id")};
}

void put_into(call& c, const object_place& container,
              const std::vector<named_objects>& objects) {
  for (auto& o : objects)
    require_all(c.ask(link_objects{.parent_type = container.type,
                                   .child_type = o.type,
                                   .parent = container.id,
                                   .children = o.ids}));
}

web_response move_to_group(call& c) {
  const auto group = required_id(c, "group_id");
  const auto objects = required_objects(c);
  const auto before = links_of_all(c, objects);
  for (auto& o : objects)
    c.ask(move_objects{.type = o.type, .ids = o.ids, .group = group});
  const auto looked_at = std::exchange(c.in.group, group);
  if (auto container = container_for_moved(c))
    put_into(c, *container, objects);
  c.in.group = looked_at;
  note_finished(
    c, {{"job_type", "chgrp"}, {"job_name", "Change group"}, {"to_group_id", group}});
  return document(update_of_tree(c, objects, before));
}

web_response give_to_person(call& c) {
  const auto owner = required_id(c, "owner_id");
  const auto objects = required_objects(c);
  auto keys = json::array();
  for (auto& o : objects)
    keys.push_back(begin_activity(
      c,
      job_of(give_objects{.type = o.type, .ids = o.ids, .account = owner}, std::nullopt),
      {{"job_type", "chown"}, {"job_name", "Change owner"}, {"to_owner_id", owner}}));
  return document({{"jobIds", keys}});
}

std::string plural_word(object_type type) {
  auto word = std::string{word_of(type)} + "s";
  word.front() =
    static_cast<char>(std::toupper(static_cast<unsigned char>(word.front())));
  return word;
}

/// What does not come along: tags and files by name, the rest by number.
void add_left_behind(call& c, json& unlinked, const json& answer) {
  const auto left = answer.value("leftBehind", json::array());
  for (auto& annotation : left) {
    const auto found = c.find(find_annotation{.annotation = annotation.at("id")});
    const auto kind = found ? json::parse(found->text).value("kind", "") : "";
    const json told{{"id", annotation.at("id")}, {"name", annotation.value("text", "")}};
    if (kind == "tag")
      unlinked["Tags"].push_back(told);
    else if (kind == "file")
      unlinked["Files"].push_back(told);
    else if (kind == "comment")
      unlinked["Comments"].push_back(told);
    else
      unlinked["Others"] = unlinked["Others"].get<int>() + 1;
  }
}

using move_preview = std::function<json(const named_objects&)>;

/// What goes along, and what stays. @throws failure{conflict} for what cannot go.
json report_of_move(call& c, const move_preview& preview) {
  json included = json::object();
  json unlinked{{"Tags", json::array()},
                {"Files", json::array()},
                {"Comments", json::array()},
                {"Others", 0}};
  for (auto& o : required_objects(c)) {
    const auto answer = preview(o);
    if (!answer.at("blocked").empty())
      throw failure{errc::conflict, answer["blocked"][0].at("reason")};
    included[plural_word(o.type)] = o.ids;
    add_left_behind(c, unlinked, answer);
  }
  return {{"finished", true},
          {"status", {{"currentStep", 1}, {"steps", 1}}},
          {"includedObjects", included},
          {"unlinkedAnnotations", unlinked},
          {"unlinkedParents", json::object()},
          {"unlinkedChildren", json::object()}};
}

/// Kept for who asks later; also what speaks against it.
web_response try_a_move(call& c, const move_preview& preview) {
  auto against = [&](const std::string& why) {
    return plain(note_dry_run(c, {{"finished", true}, {"error", why}, {"report", why}}));
  };
  try {
    return plain(note_dry_run(c, report_of_move(c, preview)));
  } catch (const failure& e) {
    return against(e.what());
  } catch (const refused& r) {
    return against(reason_of_refusal(r));
  }
}

web_response try_to_move(call& c) {
  const auto group = required_id(c, "group_id");
  return try_a_move(c, [&](const named_objects& o) {
    return json::parse(
      c.ask(move_objects{.type = o.type, .ids = o.ids, .group = group, .preview = true})
        .text);
  });
}

web_response try_to_give(call& c) {
  const auto owner = required_id(c, "owner_id");
  return try_a_move(c, [&](const named_objects& o) {
    return json::parse(
      c.ask(give_objects{.type = o.type, .ids = o.ids, .account = owner, .preview = true})
        .text);
  });
}

web_response moves_are_posted(call&) {
  return document({{"error", "objects are moved by POST"}}, 405);
}

} // namespace

const std::vector<route> webclient_move_routes = routes_of({
  error_row("GET", "/webclient/load_chgrp_groups", groups_to_move_to),
  error_row("POST", "/webclient/chgrp", move_to_group),
  error_row("GET", "/webclient/chgrp", moves_are_posted),
  error_row("POST", "/webclient/chown", give_to_person),
  error_row("POST", "/webclient/chgrpDryRun", try_to_move),
  error_row("POST", "/webclient/chownDryRun", try_to_give),
  {"GET", "/webclient/fileset_check/{action}", manner::pages, split_filesets},
});

} // namespace troupe::http::omero
