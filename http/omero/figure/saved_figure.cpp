#include "http/omero/figure/saved_figure.hpp"

#include "http/arguments.hpp"
#include "schema/queries/images.hpp"
#include "storage/files/attachment_writer.hpp"
#include "storage/files/managed.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <fstream>
#include <set>

namespace troupe::http::omero {

namespace {

constexpr int64_t largest_figure = 16 << 20;

/// Those of the panels, in their order; ids may be written as texts.
std::vector<int64_t> images_of(const json& figure) {
  std::vector<int64_t> out;
  const auto panels = figure.value("panels", json::array());
  for (auto& panel : panels) {
    const auto id = panel.is_object() ? panel.value("imageId", json{}) : json{};
    if (is_integer(id))
      out.push_back(id.get<int64_t>());
  }
  return out;
}

json figure_in(const std::string& text) {
  auto figure = json::parse(text, nullptr, false);
  if (!figure.is_object())
    throw failure{errc::bad_request, "figureJSON is no JSON object"};
  return figure;
}

std::string name_of_figure(const json& figure) {
  const auto name = figure.value("figureName", json{});
  if (name.is_string() && !name.get<std::string>().empty())
    return name.get<std::string>();
  return fmt::format("Figure_{:%Y-%m-%d_%H-%M-%S}.json",
                     fmt::gmtime(std::chrono::system_clock::now()));
}

stored_file kept_bytes(const call& c, const std::string& name, const std::string& text) {
  const managed_directory files{c.house.config.data};
  attachment_writer writer{files};
  writer.append(text.data(), text.size());
  return {name, "application/json", to_hex(writer.keep()),
          static_cast<int64_t>(text.size())};
}

/// What lists show without opening the file.
json notes_of(const json& figure, const std::string& name) {
  json out{{"name", name}};
  if (const auto images = images_of(figure); !images.empty())
    out["imageId"] = images.front();
  const auto panels = figure.value("panels", json::array());
  if (!panels.empty() && panels[0].is_object() && panels[0].contains("baseUrl"))
    out["baseUrl"] = panels[0]["baseUrl"];
  return out;
}

/// The annotation on the images, 0 without.
int64_t link_of(const json& notes) {
  const auto link = notes.value("link", json{});
  return is_integer(link) ? link.get<int64_t>() : 0;
}

int64_t create_figure(call& c, const json& notes, stored_file file) {
  if (const auto image = notes.find("imageId"); image != notes.end())
    if (const auto first = c.find(find_image{.image = image->get<int64_t>()}))
      c.in.group = first->group;
  new_annotation what{.kind = metadata::annotation_kind::file,
                      .name_space = figure_name_space,
                      .description = notes.dump(),
                      .file = std::move(file)};
  const auto made = c.ask(create_annotation{.what = std::move(what)});
  return json::parse(made.text).at("id");
}

new_annotation link_to(const call& c, int64_t figure, const std::string& name) {
  const auto address = fmt::format("{}/figure/file/{}/", c.in.base, figure);
  return {.kind = metadata::annotation_kind::map,
          .value = {{{"k", "Figure"}, {"v", name}}, {{"k", "Link"}, {"v", address}}},
          .name_space = figure_link_name_space};
}

/// Puts the link on the images of the figure and takes it off all others. Images that may
/// not be annotated go without.
/// @returns the link, 0 when it is on nothing.
int64_t link_images(call& c, int64_t figure, const json& notes,
                    const std::vector<int64_t>& now, const std::vector<int64_t>& before) {
  auto link = link_of(notes);
  std::set<int64_t> gone{before.begin(), before.end()};
  for (auto image : now)
    gone.erase(image);
  annotate_objects m{.ids = now};
  if (link > 0)
    m.annotations = {link};
  else
    m.fresh = {link_to(c, figure, notes.at("name"))};
  try {
    if (!now.empty())
      if (const auto done = c.ask(std::move(m)); !done.objects.done.empty())
        link = done.annotations.at(0);
    if (link > 0 && !gone.empty())
      c.ask(unannotate_objects{.ids = {gone.begin(), gone.end()}, .annotations = {link}});
  } catch (const refused& r) {
    if (r.answer.status >= 500)
      throw;
  }
  return link;
}

} // namespace

std::vector<kept_file> saved_figures(call& c) {
  return c.ask(list_kept_files{.name_space = figure_name_space}).files;
}

kept_file saved_figure(call& c, int64_t annotation) {
  auto found =
    c.ask(list_kept_files{.name_space = figure_name_space, .annotation = annotation})
      .files;
  if (found.empty())
    throw failure{errc::not_found, fmt::format("Figure {} not found", annotation)};
  return std::move(found.front());
}

json figure_notes(const kept_file& figure) {
  auto notes = json::parse(figure.description, nullptr, false);
  return notes.is_object() ? notes : json::object();
}

std::string figure_text(const call& c, const kept_file& figure) {
  if (figure.bytes > largest_figure)
    throw failure{errc::too_large, "the file is too large to be a figure"};
  std::string text(static_cast<size_t>(figure.bytes), '\0');
  std::ifstream in{c.house.config.data
                     / managed_directory::attachment_file(figure.sha256),
                   std::ios::binary};
  if (!in.read(text.data(), figure.bytes))
    throw failure{errc::unreadable, "the figure's file cannot be read"};
  return text;
}

int64_t save_figure(call& c, const std::string& text, std::optional<int64_t> known) {
  const auto figure = figure_in(text);
  const auto name = name_of_figure(figure);
  auto notes = notes_of(figure, name);
  auto file = kept_bytes(c, name, text);
  std::vector<int64_t> before;
  int64_t id = 0;
  if (known) {
    const auto old = saved_figure(c, *known);
    id = *known;
    if (const auto earlier = json::parse(figure_text(c, old), nullptr, false);
        earlier.is_object())
      before = images_of(earlier);
    if (const auto link = link_of(figure_notes(old)); link > 0)
      notes["link"] = link;
    c.ask(replace_file{.annotation = id, .file = file, .description = notes.dump()});
  } else {
    id = create_figure(c, notes, file);
  }
  const auto link = link_images(c, id, notes, images_of(figure), before);
  if (link != link_of(notes)) {
    notes["link"] = link;
    c.ask(change_annotation{.annotation = id, .description = notes.dump()});
  }
  return id;
}

void delete_figure(call& c, int64_t annotation) {
  const auto figure = saved_figure(c, annotation);
  std::vector<int64_t> ids{annotation};
  if (const auto link = link_of(figure_notes(figure)); link > 0)
    ids.push_back(link);
  const auto done = c.ask(delete_annotations{.ids = ids});
  for (auto& r : done.refused)
    if (r.id == annotation)
      throw failure{r.why, r.reason};
}

} // namespace troupe::http::omero
