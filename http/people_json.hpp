// Accounts, groups and sessions as the API's JSON, both ways.

#pragma once

#include "schema/queries/groups.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/people.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

const char* name_of(session_kind kind);
const char* name_of(group_level level);
/// @throws failure{bad_request} for another word.
group_level level_named(std::string_view name);

nlohmann::json scope_names(int32_t bits);
nlohmann::json privilege_names(int32_t bits);
/// @throws failure{bad_request} naming the word that is none.
int32_t scopes_named(const std::vector<std::string>& names);
int32_t privileges_named(const std::vector<std::string>& names);
/// Every word there is.
nlohmann::json all_privilege_names();

nlohmann::json json_of(const account_details& a);
nlohmann::json json_of(const page<account_details>& p);
nlohmann::json json_of(const group_record& g);
nlohmann::json json_of(const group_details& g);
nlohmann::json json_of(const group_change& c);
nlohmann::json json_of(const session_entry& s);

} // namespace troupe::http
