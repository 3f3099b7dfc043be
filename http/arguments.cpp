#include "http/arguments.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>
#include <cmath>

namespace troupe::http {

namespace {

[[noreturn]] void refuse(std::string_view name, std::string_view text,
                         const char* wanted) {
  throw failure{errc::bad_request, fmt::format("{} is \"{}\", which is not {}", name,
                                               text.substr(0, 80), wanted)};
}

template <class T>
std::optional<T> parse(std::string_view text) {
  T value{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

} // namespace

int64_t id_in_path(const web_request& in, const char* name) {
  auto& text = in.captured.at(name);
  auto id = parse<int64_t>(text);
  if (!id || *id < 0)
    refuse(name, text, "an id");
  return *id;
}

int32_t number_in_path(const web_request& in, const char* name) {
  auto& text = in.captured.at(name);
  auto n = parse<int32_t>(text);
  if (!n || *n < 0)
    refuse(name, text, "a whole number from 0");
  return *n;
}

std::optional<int32_t> number(const web_request& in, const char* name) {
  auto text = in.argument(name);
  if (!text)
    return std::nullopt;
  auto n = parse<int32_t>(*text);
  if (!n)
    refuse(name, *text, "a whole number");
  return n;
}

std::optional<int64_t> id_in_query(const web_request& in, const char* name) {
  auto text = in.argument(name);
  if (!text)
    return std::nullopt;
  auto id = parse<int64_t>(*text);
  if (!id || *id < 0)
    refuse(name, *text, "an id");
  return id;
}

int32_t number_or(const web_request& in, const char* name, int32_t fallback) {
  return number(in, name).value_or(fallback);
}

int32_t required_number(const web_request& in, const char* name) {
  auto n = number(in, name);
  if (!n)
    throw failure{errc::bad_request, fmt::format("{} is missing", name)};
  return *n;
}

std::optional<double> decimal(const web_request& in, const char* name) {
  auto text = in.argument(name);
  if (!text)
    return std::nullopt;
  auto n = parse<double>(*text);
  if (!n || !std::isfinite(*n))
    refuse(name, *text, "a number");
  return n;
}

bool flag(const web_request& in, const char* name) {
  auto text = in.argument(name);
  if (!text || *text == "false" || *text == "0")
    return false;
  if (*text != "true" && *text != "1" && !text->empty())
    refuse(name, *text, "true or false");
  return true;
}

page_request page_of(const web_request& in) {
  page_request page;
  page.after = std::string{in.argument("after").value_or("")};
  page.limit = number_or(in, "limit", 100);
  if (page.limit < 1 || page.limit > 1000)
    refuse("limit", std::to_string(page.limit), "between 1 and 1000");
  return page;
}

std::optional<region> region_of(const web_request& in) {
  auto x = number(in, "x"), y = number(in, "y"), width = number(in, "width"),
       height = number(in, "height");
  if (!x && !y && !width && !height)
    return std::nullopt;
  if (!x || !y || !width || !height)
    throw failure{errc::bad_request, "a region needs x, y, width and height"};
  return region{*x, *y, *width, *height};
}

std::string text_of_body(web_request& in, size_t limit) {
  if (!in.body || in.body->length() == 0)
    return "";
  if (in.body->length() > limit)
    throw failure{errc::too_large,
                  fmt::format("the body has {} bytes, at most {} are taken",
                              in.body->length(), limit)};
  std::string out;
  if (!in.body->read([&](const char* data, size_t size) { out.append(data, size); }))
    throw failure{errc::gone, "the body did not arrive"};
  return out;
}

nlohmann::json json_of_body(web_request& in, size_t limit) {
  auto type = in.header("content-type");
  // A form or plain text is what another site's page could send without asking.
  if (!type.starts_with("application/json"))
    throw failure{errc::bad_request, "the body must be application/json"};
  auto body = nlohmann::json::parse(text_of_body(in, limit), nullptr, false);
  if (!body.is_object())
    throw failure{errc::bad_request, "the body is not a JSON object"};
  return body;
}

std::string text_field(const nlohmann::json& body, const char* name) {
  auto i = body.find(name);
  if (i == body.end() || !i->is_string())
    throw failure{errc::bad_request, fmt::format("{} is missing or no text", name)};
  return i->get<std::string>();
}

std::string text_field_or(const nlohmann::json& body, const char* name,
                          const std::string& fallback) {
  return body.contains(name) && !body[name].is_null() ? text_field(body, name) : fallback;
}

namespace {

const nlohmann::json* field_if(const nlohmann::json& body, const char* name) {
  auto i = body.find(name);
  return i == body.end() || i->is_null() ? nullptr : &*i;
}

void require(bool fits, const char* name, const char* what) {
  if (!fits)
    throw failure{errc::bad_request, fmt::format("{} is no {}", name, what)};
}

} // namespace

std::optional<std::string> text_if(const nlohmann::json& body, const char* name) {
  auto* found = field_if(body, name);
  if (!found)
    return std::nullopt;
  require(found->is_string(), name, "text");
  return found->get<std::string>();
}

std::optional<bool> flag_if(const nlohmann::json& body, const char* name) {
  auto* found = field_if(body, name);
  if (!found)
    return std::nullopt;
  require(found->is_boolean(), name, "true or false");
  return found->get<bool>();
}

std::optional<int64_t> integer_if(const nlohmann::json& body, const char* name) {
  auto* found = field_if(body, name);
  if (!found)
    return std::nullopt;
  require(is_integer(*found), name, "whole number");
  return found->get<int64_t>();
}

std::optional<int32_t> short_integer_if(const nlohmann::json& body, const char* name) {
  auto n = integer_if(body, name);
  require(!n || (*n >= INT32_MIN && *n <= INT32_MAX), name, "whole number of 32 bits");
  return n;
}

std::optional<std::vector<std::string>> texts_if(const nlohmann::json& body,
                                                 const char* name) {
  auto* found = field_if(body, name);
  if (!found)
    return std::nullopt;
  require(found->is_array(), name, "list of texts");
  std::vector<std::string> out;
  for (auto& item : *found) {
    require(item.is_string(), name, "list of texts");
    out.push_back(item.get<std::string>());
  }
  return out;
}

bool is_integer(const nlohmann::json& value) {
  // What is beyond is unsigned to the parser, and would wrap around.
  return value.is_number_integer()
         && !(value.is_number_unsigned() && value.get<uint64_t>() > INT64_MAX);
}

std::string name_field(const nlohmann::json& body, const char* name) {
  auto i = body.find(name);
  if (i == body.end() || i->is_null())
    return "";
  if (is_integer(*i))
    return std::to_string(i->get<int64_t>());
  return text_field(body, name);
}

} // namespace troupe::http
