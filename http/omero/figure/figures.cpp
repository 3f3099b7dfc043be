// Figures: saved, listed, opened, moved and deleted.

#include "http/encode.hpp"
#include "http/omero/figure/saved_figure.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/moves.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

std::string full_name(const kept_file& figure) {
  if (figure.first_name.empty() || figure.last_name.empty())
    return figure.first_name + figure.last_name;
  return figure.first_name + " " + figure.last_name;
}

json group_of_figure(const kept_file& figure) {
  return {{"id", figure.annotation.group}, {"name", figure.group_name}};
}

json listed_figure(const kept_file& figure) {
  return {{"id", figure.annotation.id},
          {"name", figure.name},
          {"description", figure.description},
          {"ownerFullName", full_name(figure)},
          {"owner",
           {{"id", figure.annotation.owner},
            {"firstName", figure.first_name},
            {"lastName", figure.last_name}}},
          {"group", group_of_figure(figure)},
          {"creationDate", figure.seconds},
          {"canEdit", figure.annotation.may(right::edit)}};
}

web_response list_of_figures(call& c) {
  auto list = json::array();
  for (auto& figure : saved_figures(c))
    list.push_back(listed_figure(figure));
  return document(list);
}

web_response opened_figure(call& c) {
  const auto found = saved_figure(c, c.id("annotation"));
  auto figure = json::parse(figure_text(c, found), nullptr, false);
  if (!figure.is_object())
    throw failure{errc::unreadable, "the file is no figure"};
  figure["canEdit"] = found.annotation.may(right::edit);
  figure["group"] = group_of_figure(found);
  if (!figure.contains("figureName"))
    figure["figureName"] = figure_notes(found).value("name", found.name);
  return document(figure);
}

int64_t required_number(call& c, const char* name) {
  const auto id = c.integer(name);
  if (!id)
    throw failure{errc::bad_request, fmt::format("{} is missing", name)};
  return *id;
}

web_response figure_saved(call& c) {
  const auto text = c.field("figureJSON");
  if (!text)
    throw failure{errc::bad_request, "figureJSON is missing"};
  return plain(std::to_string(save_figure(c, *text, c.integer("fileId"))));
}

web_response deleted_answer(call& c) {
  delete_figure(c, required_number(c, "fileId"));
  return plain("Deleted OK");
}

/// The link on its images stays behind: they are of the old group.
web_response moved_answer(call& c) {
  const auto figure = saved_figure(c, required_number(c, "ann_id"));
  const auto moved =
    json::parse(c.ask(move_objects{.type = object_type::annotation,
                                   .ids = {figure.annotation.id},
                                   .group = required_number(c, "group_id")})
                  .text);
  if (!moved.at("blocked").empty())
    throw failure{errc::conflict, moved.at("blocked").at(0).value("reason", "")};
  return document({{"success", true}});
}

/// Making PDFs takes scripts, of which there are none.
web_response not_exported(call&) {
  return document(
    {{"status", "failed"}, {"error", "This server does not export figures."}});
}

} // namespace

const std::vector<route> figure_routes = routes_of({
  {"GET", "/figure/list_web_figures", manner::data, list_of_figures},
  {"GET", "/figure/load_web_figure/{annotation}", manner::data, opened_figure},
  {"POST", "/figure/save_web_figure", manner::text, figure_saved},
  {"POST", "/figure/delete_web_figure", manner::text, deleted_answer},
  {"POST", "/figure/chgrp", manner::data, telling_errors(moved_answer)},
  {"POST", "/figure/make_web_figure", manner::data, not_exported},
});

} // namespace troupe::http::omero
