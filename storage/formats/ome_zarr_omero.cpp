// The "omero" block of an OME-Zarr image: how a viewer showed it.

#include "storage/formats/ome_zarr_image.hpp"
#include "storage/text.hpp"

#include <charconv>
#include <fmt/format.h>

namespace troupe::formats {
namespace {

using json = nlohmann::json;

std::optional<rgba> color_of(const json& j) {
  if (!j.is_string())
    return std::nullopt;
  auto text = j.get<std::string>();
  if (text.starts_with('#'))
    text.erase(0, 1);
  uint32_t value = 0;
  const auto end = text.data() + text.size();
  if (text.size() != 6 || std::from_chars(text.data(), end, value, 16).ptr != end)
    return std::nullopt;
  return rgba{static_cast<uint8_t>(value >> 16), static_cast<uint8_t>(value >> 8),
              static_cast<uint8_t>(value), 255};
}

std::optional<std::string> window_of(const json& j) {
  if (!j.is_object() || !j.contains("start") || !j.contains("end")
      || !j["start"].is_number() || !j["end"].is_number())
    return std::nullopt;
  return fmt::format("{} to {}", j["start"].get<double>(), j["end"].get<double>());
}

} // namespace

void take_omero_block(const json& attributes, series& image,
                      std::vector<std::pair<std::string, std::string>>& facts) {
  const auto block = attributes.value("omero", json{});
  if (!block.is_object() || !block.contains("channels"))
    return;
  const auto& list = block["channels"];
  if (!list.is_array() || list.size() != image.channels.size())
    return; // of another image
  for (size_t i = 0; i < list.size(); ++i) {
    const auto& j = list[i];
    if (!j.is_object())
      continue;
    if (const auto label = j.value("label", json{}); label.is_string())
      image.channels[i].name = clean_text(label.get<std::string>(), 255);
    image.channels[i].color = color_of(j.value("color", json{}));
    if (const auto window = window_of(j.value("window", json{})))
      facts.emplace_back(fmt::format("Channel {} window", i), *window);
  }
}

} // namespace troupe::formats
