// Signing in by Authorization: Basic, for programs that know nothing else.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

struct basic_words {
  std::string name, password;
};
/// What the request's Authorization says, nothing when it is no Basic one (RFC 7617).
/// @throws failure{bad_request} for a Basic one that cannot be read.
std::optional<basic_words> basic_words_of(const web_request& in);

/// Finds the session of a login with its password, or an API token in the place of that,
/// and gives it to the request.
/// @returns a refusal for wrong ones.
std::optional<web_response> sign_in_by_basic(desk& d, web_request& in);

/// Makes the 401 of an answer ask for a name and a password.
web_response asking_for_basic(web_response out);

} // namespace troupe::http
