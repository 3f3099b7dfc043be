#include "http/open/zarr/answer.hpp"

#include "actors/digest.hpp"

#include <fmt/format.h>

namespace troupe::http::zarr {

web_response kept_answer(const web_request& in, web_response out, const std::string& tag,
                         int seconds) {
  const auto quoted = '"' + tag + '"';
  if (in.header("if-none-match") == quoted)
    out = {.status = 304};
  out.headers.emplace_back("ETag", quoted);
  out.headers.emplace_back("Cache-Control", fmt::format("private, max-age={}", seconds));
  return out;
}

web_response metadata_answer(const web_request& in, std::optional<std::string> text) {
  if (!text)
    return absent(in);
  const auto tag = digest(*text);
  return kept_answer(in, {.type = "application/json", .text = std::move(*text)}, tag,
                     metadata_age);
}

web_response absent(const web_request& in) {
  return problem(errc::not_found, "no such file in this Zarr", in.id);
}

} // namespace troupe::http::zarr
