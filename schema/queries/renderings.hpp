// Rendering settings as the channels column of `renderings` keeps them.

#pragma once

#include "storage/render/settings.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace troupe {

int64_t to_number(const rgba& color); ///< 0xRRGGBBAA
rgba color_from(int64_t number);

nlohmann::json to_json(const std::vector<render::channel_settings>& channels);
std::vector<render::channel_settings> channels_from(const nlohmann::json& stored);

} // namespace troupe
