// The pages that links and scripts of OMERO's users lead to: they go on to our own page.

#include "http/encode.hpp"
#include "http/omero/login_page.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/name_path.hpp"
#include "http/omero/webclient/pictures.hpp"
#include "http/plain_page.hpp"
#include "schema/queries/object_pages.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

/// "image-62|image-63": the first one counts.
struct shown_object {
  std::string type;
  int64_t id = 0;
};

std::optional<shown_object> shown_in(std::string_view text) {
  text = text.substr(0, text.find('|'));
  const auto dash = text.rfind('-');
  if (dash == text.npos)
    return std::nullopt;
  const auto digits = text.substr(dash + 1);
  if (digits.empty() || digits.size() > 15
      || !std::ranges::all_of(digits, [](unsigned char x) { return std::isdigit(x); }))
    return std::nullopt;
  return shown_object{std::string{text.substr(0, dash)}, std::stoll(std::string{digits})};
}

/// The container that holds it, for what our page shows inside another.
std::optional<int64_t> holder(call& c, object_type type, int64_t id, const char* fact) {
  const auto page = c.ask(list_objects{.type = type, .id = id, .limit = 1});
  if (page.items.empty())
    return std::nullopt;
  const auto facts = json::parse(page.items[0].facts);
  const auto& holding = facts.at(fact);
  return holding.is_number() ? std::optional{holding.get<int64_t>()} : std::nullopt;
}

std::string address_or_top(const char* path, std::optional<int64_t> id) {
  return id ? fmt::format("/{}/{}", path, *id) : "/";
}

/// Where our page shows it.
std::string address_of(call& c, const shown_object& what) {
  for (auto plain : {"image", "dataset", "project", "plate"})
    if (what.type == plain)
      return fmt::format("/{}/{}", plain, what.id);
  if (what.type == "well")
    return address_or_top("plate", holder(c, object_type::well, what.id, "plate"));
  if (what.type == "run" || what.type == "acquisition")
    return address_or_top("plate", holder(c, object_type::run, what.id, "plate"));
  if (what.type == "roi")
    return address_or_top("image", holder(c, object_type::roi, what.id, "image"));
  if (what.type == "tag" || what.type == "tagset")
    return "/tags";
  return "/";
}

std::string full_name(const session_record& who) {
  return who.account.name.empty() ? who.account.login : who.account.name;
}

/// A page for people, which goes on at once, and for programs, which read who they are.
web_response page_that_goes_on(call& c, const std::string& address) {
  const auto& who = c.who();
  std::string name = full_name(who);
  std::erase_if(name, [](char x) { return x == '"' || x == '\\' || x == '\n'; });
  auto out = page_with_token(
    c, "Troupe",
    fmt::format("<p>Going on to <a href=\"{0}\">your images</a>.</p>\n"
                "<pre hidden>WEBCLIENT.USER = {{'id': {1}, 'fullName': \"{2}\"}};</pre>",
                in_markup(address), who.account.id, in_markup(name)));
  out.headers.emplace_back("Refresh", "0; url=" + address);
  return out;
}

web_response start_page(call& c) {
  c.who(); // nobody sees where things are without signing in
  auto asked = shown_in(c.field("show").value_or(""));
  if (auto path = c.field("path"); path && !asked)
    if (auto found = object_by_names(c, *path))
      asked = {std::string{name_of(found->type)}, found->id};
  return page_that_goes_on(c, asked ? address_of(c, *asked) : "/");
}

web_response tags_page(call& c) {
  return page_that_goes_on(c, "/tags");
}

web_response search_page(call& c) {
  const auto words = c.field("search_query").value_or("");
  return page_that_goes_on(c, words.empty() ? "/search"
                                            : "/search?q=" + percent_encoded(words));
}

/// Which group is looked at is our page's own affair.
web_response change_group(call& c) {
  const auto address = c.field("url").value_or("");
  const bool ours = address.starts_with('/') && !address.starts_with("//")
                    && address.find_first_of("\\\r\n") == address.npos;
  return redirect(ours ? address : "/webclient/");
}

/// A disc of a colour that the person's number picks.
web_response avatar(call& c) {
  return portrait_of(c.id("user"));
}

} // namespace

const std::vector<route> page_routes = routes_of({
  {"GET", "/webclient", manner::pages, start_page},
  {"GET", "/webclient/userdata", manner::pages, start_page},
  {"GET", "/webclient/public", manner::pages, start_page},
  {"GET", "/webclient/history", manner::pages, start_page},
  {"GET", "/webclient/usertags", manner::pages, tags_page},
  {"GET", "/webclient/search", manner::pages, search_page},
  {"GET", "/webclient/active_group", manner::pages, change_group},
  {"GET", "/webclient/avatar/{user}", manner::picture, avatar},
  {"GET", "/static/webgateway/img/{icon}", manner::open, icon_named},
  {"GET", "/static/webclient/image/{icon}", manner::open, icon_named},
});

} // namespace troupe::http::omero
