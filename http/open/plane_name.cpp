#include "http/open/plane_name.hpp"

#include "actors/grant_checks.hpp"
#include "http/arguments.hpp"

#include <fmt/format.h>

#include <charconv>

namespace troupe::http {

namespace {

template <class T>
std::optional<T> leading_number(std::string_view& rest) {
  T value{};
  const auto end = rest.data() + rest.size();
  const auto [at, error] = std::from_chars(rest.data(), end, value);
  if (error != std::errc{} || value < 0)
    return std::nullopt;
  rest.remove_prefix(static_cast<size_t>(at - rest.data()));
  return value;
}

std::optional<int32_t> number_after_comma(std::string_view& rest) {
  if (!rest.starts_with(','))
    return std::nullopt;
  rest.remove_prefix(1);
  return leading_number<int32_t>(rest);
}

} // namespace

plane_name plane_named(std::string_view text) {
  auto rest = text;
  if (const auto image = leading_number<int64_t>(rest)) {
    if (rest.empty())
      return {*image, {}, {}};
    const auto z = number_after_comma(rest), t = number_after_comma(rest);
    if (z && t && rest.empty())
      return {*image, z, t};
  }
  throw failure{errc::not_found,
                fmt::format("no image is called \"{}\"; {}", text.substr(0, 80),
                            "they are like 7, and planes like 7,2,0")};
}

plane_name plane_named(std::string_view text, const web_request& in) {
  auto out = plane_named(text);
  if (!out.z)
    return {out.image, number(in, "z"), number(in, "t")};
  return out;
}

plane_index plane_shown(const plane_name& name, const image_grant& g) {
  check_usable(g);
  return plane_of(g, name.z, name.t);
}

} // namespace troupe::http
