// Searching by the form of the pages: rows of a table, which programs take apart.

#include "schema/queries/search.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/plain_page.hpp"
#include "schema/queries/groups.hpp"
#include "schema/queries/object_pages.hpp"
#include "schema/queries/people.hpp"

#include <fmt/chrono.h>

#include <algorithm>
#include <charconv>
#include <set>

namespace troupe::http::omero {

namespace {

constexpr int32_t most_hits = 1000;

struct search_hit {
  object_type type = object_type::image;
  int64_t id = 0;
  std::string name, group;
  std::string acquired, imported; ///< RFC 3339, may be empty
};

/// "images" as a type; nothing for what is not searched.
std::optional<object_type> searched_type(std::string_view plural) {
  using enum object_type;
  for (auto type : {image, dataset, project, screen, plate, well})
    if (table_of(type) == plural)
      return type;
  return std::nullopt;
}

std::vector<object_type> searched_types(call& c) {
  std::vector<object_type> out;
  for (auto& word : c.all_fields("datatype")) {
    const auto type = searched_type(word);
    if (!type)
      throw failure{errc::bad_request,
                    "datatype: '" + word.substr(0, 80) + "' is not searched"};
    out.push_back(*type);
  }
  return out.empty() ? std::vector{object_type::image} : out;
}

/// From and until as our words of search have them; empty without either.
std::string dates_in_form(call& c) {
  const auto from = c.field("startdateinput").value_or(""),
             until = c.field("enddateinput").value_or("");
  if (from.empty() && until.empty())
    return {};
  return fmt::format(" {}:{}..{}", c.flag("useAcquisitionDate") ? "acquired" : "created",
                     from.empty() ? "1900-01-01" : from,
                     until.empty() ? "2999-12-31" : until);
}

/// A person of the form, -1 being everybody.
std::string owner_in_form(call& c) {
  const auto owner = c.integer("ownedBy");
  if (!owner || *owner < 0)
    return {};
  return " owner:" + c.ask(find_person{.account = *owner}).login;
}

/// What was typed is looked for everywhere, or, with ?field=name alone, in names.
std::string words_in_form(call& c) {
  auto words = c.field("query").value_or("");
  const auto places = c.all_fields("field");
  if (places.size() == 1 && places.front() == "name"
      && words.find_first_of(" *\":=<>") == std::string::npos && !words.empty())
    words = "*" + words + "*";
  return words + owner_in_form(c) + dates_in_form(c);
}

search_hit hit_of(const json& item) {
  auto text = [&](const char* name) {
    return item.at(name).is_string() ? item.at(name).get<std::string>() : "";
  };
  return {object_type_named(text("type")), item.at("id"),    text("name"),
          item.at("group").at("name"),     text("acquired"), text("created")};
}

/// Search does not know wells.
void add_matches(call& c, std::vector<object_type> types, std::vector<search_hit>& hits) {
  std::erase(types, object_type::well);
  if (types.empty())
    return;
  const auto found = c.ask(search_objects{
    .words = words_in_form(c), .types = types, .page = {.limit = most_hits}});
  for (auto& item : found.items)
    hits.push_back(hit_of(json::parse(item.text)));
}

std::string rfc3339_of(int64_t milliseconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}Z", fmt::gmtime(milliseconds / 1000));
}

/// What a number that was typed is the id of.
void add_by_id(call& c, const std::vector<object_type>& types,
               std::vector<search_hit>& hits) {
  const auto words = c.field("query").value_or("");
  int64_t id{};
  const auto end = words.data() + words.size();
  if (auto [stop, error] = std::from_chars(words.data(), end, id);
      error != std::errc{} || stop != end)
    return;
  for (auto type : types) {
    const auto page = c.ask(list_objects{.type = type, .id = id, .limit = 1});
    for (auto& o : page.items) {
      search_hit hit{type, o.id, o.name, page.holdings.front().group.name, "", ""};
      if (type == object_type::image) {
        hit.imported = rfc3339_of(o.image.imported);
        if (o.image.acquired)
          hit.acquired = rfc3339_of(*o.image.acquired);
      }
      if (type == object_type::well)
        hit.name = json::parse(o.facts).at("name");
      hits.push_back(std::move(hit));
    }
  }
}

/// "Wed, 01 May 2024 12:00:00 +0000" of RFC 3339.
std::string mail_time(const std::string& rfc3339) {
  std::tm at{};
  if (!strptime(rfc3339.c_str(), "%Y-%m-%dT%H:%M:%S", &at))
    return {};
  const auto seconds = timegm(&at);
  return fmt::format("{:%a, %d %b %Y %H:%M:%S} +0000", fmt::gmtime(seconds));
}

std::string date_cell(const std::string& rfc3339) {
  const auto time = mail_time(rfc3339);
  return time.empty() ? "<td class=\"date\"></td>"
                      : fmt::format("<td class=\"date\" data-isodate='{}'></td>", time);
}

/// In the order and with the quotes that programs look for.
std::string row_of_hit(const search_hit& hit) {
  const auto word = fmt::format("{}-{}", name_of(hit.type), hit.id);
  const bool image = hit.type == object_type::image;
  const auto& acquired = hit.acquired.empty() ? hit.imported : hit.acquired;
  return fmt::format(
    "<tr id=\"{0}\" class=\"canEdit\">\n"
    "<td class=\"image\"><img alt=\"\" src=\"{1}\"></td>\n"
    "<td class=\"desc\"><a>{2}</a></td>\n{3}\n{4}\n"
    "<td class=\"group\">{5}</td>\n"
    "<td><a href=\"/webclient/?show={0}\" title=\"Show\">Browse</a></td>\n</tr>\n",
    word,
    image ? fmt::format("/webclient/render_thumbnail/size/96/{}/", hit.id)
          : fmt::format("/static/webclient/image/{}16.png", name_of(hit.type)),
    in_markup(hit.name), date_cell(image ? acquired : ""), date_cell(hit.imported),
    in_markup(hit.group));
}

web_response html_part(std::string text) {
  web_response out{.type = "text/html; charset=utf-8"};
  out.text = std::move(text);
  return out;
}

void narrow_to_searched(call& c) {
  if (auto group = c.integer("searchGroup"); group && *group >= 0)
    c.in.group = group;
}

web_response search_rows(call& c) {
  if (!c.field("query"))
    return html_part("<p>Nothing was searched for.</p>\n");
  narrow_to_searched(c);
  const auto types = searched_types(c);
  std::vector<search_hit> hits;
  add_by_id(c, types, hits);
  add_matches(c, types, hits);
  std::string rows;
  std::set<std::pair<object_type, int64_t>> told;
  for (auto& hit : hits)
    if (told.emplace(hit.type, hit.id).second)
      rows += row_of_hit(hit);
  if (rows.empty())
    return html_part("<p>No results found.</p>\n");
  return html_part("<table id=\"dataTable\" class=\"tablesorter\">\n<tbody>\n" + rows
                   + "</tbody>\n</table>\n");
}

} // namespace

const std::vector<route> webclient_search_routes = routes_of({
  {"GET", "/webclient/load_searching/{form}", manner::pages, search_rows},
  {"GET", "/webclient/load_searching", manner::pages, search_rows},
});

} // namespace troupe::http::omero
