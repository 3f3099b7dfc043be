// Rendering settings as the API's JSON, both ways.

#pragma once

#include "schema/queries/view_settings.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

const char* name_of(render::family f);
std::optional<render::family> family_named(std::string_view name);

/// RRGGBB, or RRGGBBAA where it is not opaque.
std::string text_of(const rgba& color);

nlohmann::json json_of(const view_settings& s);
nlohmann::json json_of(const pasted_settings& s);

/// The whole of it: nothing is left as it was.
/// @throws failure{bad_request} naming what is missing or no such value.
save_settings settings_in(const nlohmann::json& body);
/// "imported", "owner", "minMax", "fullRange", "auto". @throws failure{bad_request}.
settings_choice choice_named(std::string_view name);

} // namespace troupe::http
