#include "http/omero/api/paging.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace troupe::http::omero {

namespace {

constexpr int32_t normal_limit = 200, most = 500;

[[noreturn]] void refuse_number(std::string_view text) {
  object_text out;
  out.put("message", fmt::format("invalid literal for int() with base 10: '{}'",
                                 text.substr(0, 100)));
  throw refused{api_answer(std::move(out).close(), 400)};
}

} // namespace

std::optional<int64_t> query_integer(const call& c, const char* name) {
  const auto text = c.in.argument(name);
  if (!text)
    return std::nullopt;
  int64_t n{};
  const auto end = text->data() + text->size();
  if (auto [stop, error] = std::from_chars(text->data(), end, n);
      error != std::errc{} || stop != end)
    refuse_number(*text);
  return n;
}

bool query_flag(const call& c, const char* name) {
  return c.in.argument(name) == "true";
}

slice slice_of(const call& c) {
  const auto offset = query_integer(c, "offset").value_or(0);
  const auto limit = query_integer(c, "limit").value_or(normal_limit);
  return {std::max<int64_t>(offset, 0),
          limit < 0 ? normal_limit
                    : static_cast<int32_t>(std::min<int64_t>(limit, most))};
}

object_text list_answer(list_text items, const slice& which, int64_t total) {
  object_text meta;
  meta.put("offset", which.offset);
  meta.put("limit", which.limit);
  meta.put("maxLimit", most);
  meta.put("totalCount", total);
  object_text out;
  out.raw("data", std::move(items).close());
  out.raw("meta", std::move(meta).close());
  return out;
}

web_response api_answer(std::string body, int status) {
  web_response out;
  out.status = status;
  out.type = "application/json";
  out.text = std::move(body);
  out.headers.emplace_back("X-OMERO-ApiVersion", "0.2");
  return out;
}

} // namespace troupe::http::omero
