#include "schema/queries/renderings.hpp"

#include "schema/queries/rows.hpp"

namespace troupe {

int64_t to_number(const rgba& color) {
  return int64_t{color.red} << 24 | color.green << 16 | color.blue << 8 | color.alpha;
}

rgba color_from(int64_t number) {
  auto byte = [&](int shift) { return static_cast<uint8_t>(number >> shift & 0xFF); };
  return {byte(24), byte(16), byte(8), byte(0)};
}

nlohmann::json to_json(const std::vector<render::channel_settings>& channels) {
  auto stored = nlohmann::json::array();
  for (const auto& c : channels)
    stored.push_back({{"index", c.index},
                      {"active", c.active},
                      {"start", number_to_json(c.start)},
                      {"end", number_to_json(c.end)},
                      {"color", to_number(c.color)},
                      {"curve", static_cast<int>(c.curve)},
                      {"coefficient", number_to_json(c.coefficient)},
                      {"inverted", c.inverted},
                      {"noise_reduction", c.noise_reduction},
                      {"lut", c.lut}});
  return stored;
}

std::vector<render::channel_settings> channels_from(const nlohmann::json& stored) {
  std::vector<render::channel_settings> channels;
  for (const auto& c : stored)
    channels.push_back({c.at("index"), c.at("active"), number_from_json(c.at("start")),
                        number_from_json(c.at("end")), color_from(c.at("color")),
                        static_cast<render::family>(c.at("curve").get<int>()),
                        number_from_json(c.at("coefficient")), c.at("inverted"),
                        c.value("noise_reduction", false), c.value("lut", std::string{}),
                        std::nullopt});
  return channels;
}

} // namespace troupe
