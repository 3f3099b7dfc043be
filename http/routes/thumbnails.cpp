// Thumbnails of many images in one answer, each drawn as a single one is.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "http/thumbnail_batch.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <charconv>

namespace troupe::http {

namespace {

constexpr size_t most_thumbnails = 200;
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

json refusal_of(int64_t image, const caf::error& e) {
  const auto told = json::parse(problem(e, "").text);
  return {{"id", image}, {"error", to_string(code_of(e))}, {"reason", told.at("detail")}};
}

web_response answer_of(const std::vector<int64_t>& images,
                       const drawn_thumbnails& drawn) {
  auto thumbnails = json::array(), refused = json::array();
  for (size_t i = 0; i < images.size(); ++i)
    if (auto& p = drawn[i])
      thumbnails.push_back({{"id", images[i]}, {"image", data_uri(*p)}});
    else
      refused.push_back(refusal_of(images[i], p.error()));
  auto out = document({{"thumbnails", thumbnails}, {"refused", refused}});
  out.headers.emplace_back("Cache-Control", "private, no-cache");
  return out;
}

web_response thumbnails(desk& d, web_request& in) {
  const auto ids = images_of(in);
  return draw_thumbnails(d, in, ids, {.longest = number_or(in, "size", 96)},
                         [ids](auto& drawn) { return answer_of(ids, drawn); });
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
