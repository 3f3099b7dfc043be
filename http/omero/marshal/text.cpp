#include "http/omero/marshal/text.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

std::string dumped(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return c >= ' ' && c < 0x7f && c != '"' && c != '\\';
  });
}

} // namespace

std::string json_string(std::string_view text) {
  if (!is_plain(text))
    return dumped(text);
  std::string out;
  out.reserve(text.size() + 2);
  return out.append(1, '"').append(text).append(1, '"');
}

object_text& object_text::raw(std::string_view key, std::string_view json) {
  if (json.empty())
    return *this;
  if (text_.size() > 1)
    text_ += ',';
  text_.append(1, '"').append(key).append("\":").append(json);
  return *this;
}

object_text& object_text::put(std::string_view key, std::string_view text) {
  return raw(key, json_string(text));
}

object_text& object_text::put(std::string_view key, int64_t number) {
  return raw(key, std::to_string(number));
}

object_text& object_text::put(std::string_view key, double number) {
  return raw(key, dumped(number));
}

object_text& object_text::put(std::string_view key, bool truth) {
  return raw(key, truth ? "true" : "false");
}

object_text& object_text::put(std::string_view key, const nlohmann::json& value) {
  if (value.is_null())
    return *this;
  return value.is_string() ? put(key, value.get_ref<const std::string&>())
                           : raw(key, dumped(value));
}

object_text& object_text::take(std::string_view key, const nlohmann::json& facts,
                               const char* name) {
  const auto found = facts.find(name);
  if (found == facts.end() || (*found == ""))
    return *this;
  return put(key, *found);
}

std::string object_text::close() && {
  text_ += '}';
  return std::move(text_);
}

void list_text::add(std::string_view json) {
  if (text_.size() > 1)
    text_ += ',';
  text_ += json;
}

std::string list_text::close() && {
  text_ += ']';
  return std::move(text_);
}

} // namespace troupe::http::omero
