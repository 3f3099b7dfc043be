// JSON written straight as text: lists of thousands of objects need no tree in memory.

#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace troupe::http::omero {

/// Text in quotes; bytes that are not UTF-8 are mended.
std::string json_string(std::string_view text);

/// An object of JSON, key by key.
class object_text {
public:
  /// A value that is JSON already; none when it is empty.
  object_text& raw(std::string_view key, std::string_view json);
  object_text& put(std::string_view key, std::string_view text);
  object_text& put(std::string_view key, const std::string& text) {
    return put(key, std::string_view{text});
  }
  object_text& put(std::string_view key, const char* text) {
    return put(key, std::string_view{text});
  }
  object_text& put(std::string_view key, int64_t number);
  object_text& put(std::string_view key, int32_t number) {
    return put(key, int64_t{number});
  }
  object_text& put(std::string_view key, double number);
  object_text& put(std::string_view key, bool truth);
  /// Left out when it is null.
  object_text& put(std::string_view key, const nlohmann::json& value);
  /// Left out when it is empty.
  object_text& put_if(std::string_view key, const std::string& text) {
    return text.empty() ? *this : put(key, text);
  }
  /// The item of the facts; left out when it is absent, null or an empty text.
  object_text& take(std::string_view key, const nlohmann::json& facts, const char* name);

  std::string close() &&;

private:
  std::string text_ = "{";
};

/// A list of JSON, item by item.
class list_text {
public:
  void add(std::string_view json);
  bool empty() const { return text_.size() == 1; }
  std::string close() &&;

private:
  std::string text_ = "[";
};

} // namespace troupe::http::omero
