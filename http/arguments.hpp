// Path parameters, query and JSON bodies as typed values, or a refusal that names them.

#pragma once

#include "http/web.hpp"
#include "schema/message.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

/// All throw failure{bad_request} naming the parameter and what it should be.
int64_t id_in_path(const web_request& in, const char* name);
int32_t number_in_path(const web_request& in, const char* name);
std::optional<int32_t> number(const web_request& in, const char* name);
std::optional<int64_t> id_in_query(const web_request& in, const char* name);
int32_t number_or(const web_request& in, const char* name, int32_t fallback);
int32_t required_number(const web_request& in, const char* name);
std::optional<double> decimal(const web_request& in, const char* name);
bool flag(const web_request& in, const char* name);
page_request page_of(const web_request& in);

/// x, y, width, height together or not at all.
std::optional<region> region_of(const web_request& in);

/// The whole body, at most `limit` bytes. @throws failure{too_large}.
std::string text_of_body(web_request& in, size_t limit = 1 << 20);
/// The body as a JSON object.
nlohmann::json json_of_body(web_request& in, size_t limit = 1 << 20);
/// A field of it; `name` may be absent only with the optional ones.
std::string text_field(const nlohmann::json& body, const char* name);
std::string text_field_or(const nlohmann::json& body, const char* name,
                          const std::string& fallback);
/// Absent, or null, is nothing.
std::optional<std::string> text_if(const nlohmann::json& body, const char* name);
std::optional<bool> flag_if(const nlohmann::json& body, const char* name);
std::optional<int64_t> integer_if(const nlohmann::json& body, const char* name);
std::optional<int32_t> short_integer_if(const nlohmann::json& body, const char* name);
std::optional<std::vector<std::string>> texts_if(const nlohmann::json& body,
                                                 const char* name);
/// Whether it is a whole number and int64_t holds it.
bool is_integer(const nlohmann::json& value);
/// An id or a name, as text.
std::string name_field(const nlohmann::json& body, const char* name);

} // namespace troupe::http
