// A session that was just opened, with the secrets that are told once.

#pragma once

#include "http/desk.hpp"
#include "http/encode.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

inline json json_with_token(const signed_in& s) {
  auto body = json_of(s.record);
  body["token"] = s.token;
  body["csrf"] = csrf_of(s.token);
  return body;
}

} // namespace troupe::http
