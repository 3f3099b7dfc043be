#include "http/share_door.hpp"

#include "http/arguments.hpp"
#include "http/gate/target.hpp"
#include "http/open/basic_sign_in.hpp"
#include "http/share_page.hpp"
#include "schema/password.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace troupe::http {

namespace {

constexpr const char* share_cookie = "troupe_share";
constexpr size_t most_form_bytes = 4096;

/// What a share reaches. People, imports, jobs, trash, search and the like are not here.
constexpr std::array<std::string_view, 4> shared_faces{"zarr", "iiif", "deepzoom", "dav"};
constexpr std::array<std::string_view, 13> shared_api{
  "annotations", "datasets", "downloads", "filesets", "images", "luts",      "plates",
  "projects",    "rois",     "runs",      "screens",  "wells",  "thumbnails"};

/// Of webgateway, beside its pictures.
constexpr std::array<std::string_view, 13> shared_gateway{
  "dataset",        "get_rois_json", "get_shape_json", "get_thumbnail", "get_thumbnails",
  "histogram_json", "imgData",       "luts",           "luts_png",      "plate",
  "proj",           "well",          "wellData"};

template <class List>
bool lists_word(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_reached(const std::vector<std::string>& segments) {
  if (segments.empty())
    return true;
  if (segments[0] == "api")
    return segments.size() > 2 && segments[1] == "v1"
           && lists_word(shared_api, segments[2]);
  if (segments[0] == "webgateway")
    return segments.size() > 1
           && (segments[1].starts_with("render_")
               || lists_word(shared_gateway, segments[1]));
  return lists_word(shared_faces, segments[0]);
}

bool only_looks(const web_request& in) {
  constexpr std::array<std::string_view, 4> looking{"GET", "HEAD", "OPTIONS", "PROPFIND"};
  return lists_word(looking, in.method);
}

/// @returns the share's token.
std::string cut_off_share(web_request& in) {
  const auto token = in.segments.at(1);
  in.prefix = "/share/" + percent_encoded(token);
  in.base += in.prefix;
  in.path.erase(0, std::string_view{"/share/"}.size() + token.size());
  if (in.path.empty())
    in.path = "/";
  in.segments.erase(in.segments.begin(), in.segments.begin() + 2);
  return token;
}

/// The proof that the password is known. @returns a refusal for a wrong one.
std::optional<web_response> unlock_by_password(desk& d, web_request& in,
                                               const std::string& token_hash,
                                               const std::string& password,
                                               std::string& proof) {
  std::optional<share_key> found;
  const unlock_share m{token_hash, password, in.remote};
  auto out = d.converse(in, false, [&found, m](const conversation& c, auto&) {
    c.ask(c.room<sessions_actor>(), m, [&found, c](const share_key& k) {
      c.answer([&found, k] {
        found = k;
        return web_response{};
      });
    });
  });
  if (!found)
    return out;
  proof = found->proof;
  return std::nullopt;
}

/// What the request itself brings as password.
std::optional<std::string> password_brought(const web_request& in) {
  if (const auto said = in.header("x-share-password"); !said.empty())
    return std::string{said};
  if (auto words = basic_words_of(in))
    return words->password;
  return std::nullopt;
}

/// People get a page, programs a challenge.
web_response refused_share(const web_request& in, web_response out) {
  return in.segments.empty() ? share_refusal_page(in, out)
                             : asking_for_basic(std::move(out));
}

web_response unlocked_by_form(desk& d, web_request& in, const std::string& token_hash) {
  const auto form = parse_target("/?" + text_of_body(in, most_form_bytes));
  if (!form)
    throw failure{errc::bad_request, "the form cannot be read"};
  std::string password, proof;
  for (auto& [name, value] : form->query)
    if (name == "password")
      password = value;
  if (auto refusal = unlock_by_password(d, in, token_hash, password, proof))
    return share_refusal_page(in, *refusal);
  web_response out{.status = 303};
  out.headers = {
    {"Location", in.prefix + "/"},
    {"Cache-Control", "no-store"},
    {"Set-Cookie",
     fmt::format("{}={}; Path={}; HttpOnly; SameSite=Lax{}", share_cookie, proof,
                 in.prefix, in.base.starts_with("https:") ? "; Secure" : "")}};
  return out;
}

} // namespace

bool comes_by_share(const web_request& in) {
  return in.segments.size() > 1 && in.segments[0] == "share";
}

std::optional<web_response> through_share(desk& d, web_request& in) {
  const auto token_hash = hash_token(cut_off_share(in));
  if (in.segments.empty() && in.method == "POST")
    return unlocked_by_form(d, in, token_hash);
  if (!only_looks(in))
    throw failure{errc::denied, "what is shared is looked at, not changed"};
  if (!is_reached(in.segments))
    throw failure{errc::denied, "a share does not reach this address"};
  auto proof = in.cookie(share_cookie).value_or("");
  if (const auto password = password_brought(in))
    if (auto refusal = unlock_by_password(d, in, token_hash, *password, proof))
      return refused_share(in, std::move(*refusal));
  in.headers.erase("authorization"); // a visitor is nobody else at the same time
  in.headers.erase("cookie");
  in.share_key = key_of_share(token_hash, proof);
  std::optional<session_record> visitor;
  auto out = d.ask_session(in, identify{}, [&visitor](const session_record& r) {
    visitor = r;
    return web_response{};
  });
  if (!visitor)
    return refused_share(in, std::move(out));
  if (in.segments.empty())
    return share_page(d, in, *visitor);
  return std::nullopt;
}

} // namespace troupe::http
