#include "schema/queries/paging.hpp"

#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>
#include <chrono>

namespace troupe {

namespace {

constexpr int base64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr size_t longest_key = 4096;

// @returns an empty string for what is no base64url.
std::string decoded(const std::string& key) {
  std::string text(key.size(), '\0');
  size_t length = 0;
  if (key.size() > longest_key
      || sodium_base642bin(reinterpret_cast<unsigned char*>(text.data()), text.size(),
                           key.data(), key.size(), nullptr, &length, nullptr, base64)
           != 0)
    return {};
  return text.substr(0, length);
}

bool is_position(const nlohmann::json& parsed, std::string_view list) {
  return parsed.is_array() && parsed.size() == 4 && parsed[0] == list
         && parsed[1].is_string() && parsed[2].is_number_integer()
         && parsed[3].is_number_integer();
}

int number(std::string_view digits) {
  int value = 0;
  for (char c : digits)
    value = value * 10 + (c - '0');
  return value;
}

} // namespace

std::string to_key(std::string_view list, const list_position& at) {
  auto text = nlohmann::json::array({list, at.value, at.id, at.total}).dump();
  std::string key(sodium_base64_ENCODED_LEN(text.size(), base64), '\0');
  sodium_bin2base64(key.data(), key.size(), reinterpret_cast<unsigned char*>(text.data()),
                    text.size(), base64);
  key.pop_back(); // the terminating zero
  return key;
}

std::optional<list_position> position_of(std::string_view list,
                                         const page_request& page) {
  if (page.after.empty())
    return std::nullopt;
  auto parsed = nlohmann::json::parse(decoded(page.after), nullptr, false);
  if (!is_position(parsed, list))
    throw failure{errc::bad_request, "after is not a key of this list"};
  list_position at{parsed[1], parsed[2], parsed[3]};
  check_text("after", at.value, 255);
  return at;
}

int32_t limit_of(const page_request& page) {
  if (page.limit < 1 || page.limit > 1000)
    throw failure{errc::bad_request, "limit is not between 1 and 1000"};
  return page.limit;
}

bool is_time(std::string_view text) {
  constexpr std::string_view pattern = "0000-00-00T00:00:00.000000Z";
  auto fits = [](char c, char p) { return p == '0' ? c >= '0' && c <= '9' : c == p; };
  if (!std::equal(text.begin(), text.end(), pattern.begin(), pattern.end(), fits))
    return false;
  auto part = [&](size_t at, size_t length) { return number(text.substr(at, length)); };
  std::chrono::year_month_day day{std::chrono::year{part(0, 4)},
                                  std::chrono::month(static_cast<unsigned>(part(5, 2))),
                                  std::chrono::day(static_cast<unsigned>(part(8, 2)))};
  return part(0, 4) > 0 && day.ok() && part(11, 2) < 24 && part(14, 2) < 60
         && part(17, 2) < 60;
}

} // namespace troupe
