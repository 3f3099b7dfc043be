// Objects renamed, described and made by forms of the pages.

#include "http/omero/webclient/actions.hpp"

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "http/omero/webclient/words.hpp"
#include "http/plain_page.hpp"
#include "schema/queries/annotate.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/moves.hpp"
#include "schema/queries/organise.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr const char* name_is_missing = "This field is required.";

std::optional<std::string> name_in_form(call& c) {
  auto name = c.field("name");
  if (!name || name->find_first_not_of(" \t\r\n") == std::string::npos)
    return std::nullopt;
  return name;
}

web_response save_name(call& c) {
  const auto o = object_acted_on(c);
  const auto name = name_in_form(c);
  if (!name)
    return bad_field("name", name_is_missing);
  if (o.type == object_type::annotation)
    c.ask(change_annotation{.annotation = o.id, .value = *name});
  else
    require_all(c.ask(change_objects{.type = o.type, .ids = {o.id}, .name = *name}));
  return well_done({{"o_type", o.word}});
}

web_response save_description(call& c) {
  const auto o = object_acted_on(c);
  const auto words = c.field("description").value_or("");
  if (o.type == object_type::annotation)
    c.ask(change_annotation{.annotation = o.id, .description = words});
  else
    require_all(
      c.ask(change_objects{.type = o.type, .ids = {o.id}, .description = words}));
  return well_done();
}

int64_t made_tag(call& c, const std::string& name, const std::string& description,
                 bool is_set) {
  const auto made = c.ask(create_annotation{
    .what = {.kind = metadata::annotation_kind::tag,
             .value = name,
             .name_space = is_set ? std::string{name_space::tag_set} : "",
             .description = description,
             .file = {}}});
  return json::parse(made.text).at("id");
}

/// What the path says it shall be in.
std::optional<int64_t> parent_of_new(const call& c, const char* word) {
  const auto parent = c.in.captured.find("type");
  if (parent == c.in.captured.end() || parent->second != word)
    return std::nullopt;
  return c.id("id");
}

struct new_container {
  object_type type;
  int64_t id;
};

new_container make_container(call& c, const std::string& name) {
  const auto folder = c.field("folder_type").value_or("");
  const auto words = c.field("description").value_or("");
  if (folder == "project")
    return {object_type::project,
            c.ask(create_project{.name = name, .description = words}).id};
  if (folder == "dataset")
    return {object_type::dataset,
            c.ask(create_dataset{.name = name,
                                 .description = words,
                                 .project = parent_of_new(c, "project")})
              .id};
  if (folder == "screen")
    return {object_type::screen,
            json::parse(c.ask(create_container{.type = object_type::screen,
                                               .name = name,
                                               .description = words})
                          .text)
              .at("id")};
  if (folder == "tag" || folder == "tagset") {
    const auto tag = made_tag(c, name, words, folder == "tagset");
    if (auto set = parent_of_new(c, "tagset"))
      require_all(c.ask(annotate_objects{.type = object_type::annotation,
                                         .ids = {*set},
                                         .annotations = {tag}})
                    .objects);
    return {object_type::annotation, tag};
  }
  throw failure{errc::bad_request,
                "folder_type: it is project, dataset, screen, tag or tagset"};
}

web_response add_container(call& c) {
  const auto name = name_in_form(c);
  if (!name)
    return bad_field("name", name_is_missing);
  const auto made = make_container(c, *name);
  const auto images = c.ids("image");
  if (made.type == object_type::dataset && !images.empty())
    require_all(c.ask(link_objects{.parent = made.id, .children = images}));
  const auto owner = c.integer("owner");
  if (owner && *owner != c.who().account.id)
    c.ask(give_objects{.type = made.type, .ids = {made.id}, .account = *owner});
  return well_done({{"id", made.id}});
}

/// Off the objects that `parent` names: "image-1|image-2".
web_response take_off_parents(call& c) {
  const auto o = object_acted_on(c);
  const auto named = c.field("parent").value_or("");
  std::string_view rest = named;
  if (rest.empty())
    throw failure{errc::bad_request, "parent: the objects are missing"};
  while (!rest.empty()) {
    const auto word = rest.substr(0, rest.find('|'));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    const auto [type, id] = object_word(word);
    if (o.type == object_type::annotation)
      require_all(
        c.ask(unannotate_objects{.type = type, .ids = {id}, .annotations = {o.id}}));
    else
      require_all(c.ask(unlink_objects{
        .parent_type = type, .child_type = o.type, .parent = id, .children = {o.id}}));
  }
  return well_done();
}

} // namespace

web_response well_done(json more) {
  more["bad"] = "false";
  return document(more);
}

web_response bad_field(const char* field, const std::string& why) {
  return document(
    {{"bad", "true"},
     {"errs",
      {{field, fmt::format("<ul class=\"errorlist\"><li>{}</li></ul>", in_markup(why))}}}});
}

acted_object object_acted_on(const call& c) {
  const auto& word = c.in.captured.at("type");
  return {known_type(word), word, c.id("id")};
}

const std::vector<route> webclient_action_routes = routes_of({
  error_row("POST", "/webclient/action/savename/{type}/{id}", save_name),
  error_row("POST", "/webclient/action/savedescription/{type}/{id}", save_description),
  error_row("POST", "/webclient/action/addnewcontainer", add_container),
  error_row("POST", "/webclient/action/addnewcontainer/{type}/{id}", add_container),
  error_row("POST", "/webclient/action/remove/{type}/{id}", take_off_parents),
});

} // namespace troupe::http::omero
