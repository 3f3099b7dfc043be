// Thumbnails of many images in one answer, each drawn as a single one is.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace troupe::http {

namespace {

constexpr size_t most_thumbnails = 200;
/// Of one request under way: others' are drawn in between.
constexpr size_t thumbnails_at_once = 8;

struct thumbnail_batch {
  std::vector<view_thumbnail> wanted;
  std::vector<caf::expected<encoded_image>> drawn; ///< as far as there are answers
  size_t next = 0, answered = 0;
};

std::vector<int64_t> images_of(const web_request& in) {
  const failure wrong{errc::bad_request, "images must be ids with commas between them"};
  auto rest = in.argument("images").value_or("");
  std::vector<int64_t> ids;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    int64_t id = 0;
    const auto end = rest.data() + comma;
    const auto [at, error] = std::from_chars(rest.data(), end, id);
    if (error != std::errc{} || at != end)
      throw wrong;
    if (std::find(ids.begin(), ids.end(), id) == ids.end())
      ids.push_back(id);
    if (ids.size() > most_thumbnails)
      throw failure{errc::too_large, "at most " + std::to_string(most_thumbnails)
                                       + " thumbnails in one request"};
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  if (ids.empty())
    throw wrong;
  return ids;
}

std::string data_uri(const encoded_image& p) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  std::string text(sodium_base64_ENCODED_LEN(p.bytes.size(), variant), '\0');
  sodium_bin2base64(text.data(), text.size(),
                    reinterpret_cast<const unsigned char*>(p.bytes.data()),
                    p.bytes.size(), variant);
  text.pop_back(); // the terminating zero
  return "data:" + p.mime + ";base64," + text;
}

json refusal_of(int64_t image, const caf::error& e) {
  const auto told = json::parse(problem(e, "").text);
  return {{"id", image}, {"error", to_string(code_of(e))}, {"reason", told.at("detail")}};
}

web_response answer_of(const thumbnail_batch& batch) {
  auto thumbnails = json::array(), refused = json::array();
  for (size_t i = 0; i < batch.wanted.size(); ++i) {
    const auto image = batch.wanted[i].image;
    if (auto& p = batch.drawn[i])
      thumbnails.push_back({{"id", image}, {"image", data_uri(*p)}});
    else
      refused.push_back(refusal_of(image, p.error()));
  }
  auto out = document({{"thumbnails", thumbnails}, {"refused", refused}});
  out.headers.emplace_back("Cache-Control", "private, no-cache");
  return out;
}

void ask_for_next(const conversation& c, const std::shared_ptr<thumbnail_batch>& batch) {
  if (batch->next == batch->wanted.size())
    return;
  const auto i = batch->next++;
  c.try_ask(c.session, batch->wanted[i],
            [c, batch, i](caf::expected<encoded_image> drawn) {
              batch->drawn[i] = std::move(drawn);
              if (++batch->answered == batch->wanted.size())
                return c.answer([batch] { return answer_of(*batch); });
              ask_for_next(c, batch);
            });
}

web_response thumbnails(desk& d, web_request& in) {
  const auto ids = images_of(in);
  const auto size = number_or(in, "size", 96);
  return d.converse(
    in, true, [ids, size](const conversation& c, const std::shared_ptr<rendezvous>& x) {
      auto batch = std::make_shared<thumbnail_batch>();
      for (auto id : ids) {
        view_thumbnail one{.image = id, .longest = size};
        one.wish.who = {0, {}, now_ms() + 60'000, x->gone};
        batch->wanted.push_back(std::move(one));
      }
      batch->drawn.assign(ids.size(), caf::make_error(errc::unavailable));
      for (size_t i = 0; i < std::min(ids.size(), thumbnails_at_once); ++i)
        ask_for_next(c, batch);
    });
}

} // namespace

const std::vector<route> thumbnail_routes{
  {"GET",
   "/api/v1/thumbnails",
   access::session,
   "Thumbnails of up to 200 images, as data URIs; what cannot be shown is named",
   {{"images", "string", "their ids, with commas between them", true},
    {"size", "integer", "longest side, pixels, normally 96"}},
   "",
   200,
   "Thumbnails",
   thumbnails},
};

} // namespace troupe::http
