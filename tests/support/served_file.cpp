#include "tests/support/served_file.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace troupe::test {

namespace {

constexpr int32_t rows_at_once = 2000; ///< one answer holds 64 MiB

std::optional<formats::quantity> quantity_of(const json& j) {
  if (j.is_null())
    return std::nullopt;
  return formats::quantity{j.at("value"), j.at("unit")};
}

std::optional<double> number_of(const json& j) {
  return j.is_number() ? std::optional{j.get<double>()} : std::nullopt;
}

pixel_type type_named(const std::string& name) {
  for (int i = 0; i < 256; ++i)
    try {
      if (name_of(static_cast<pixel_type>(i)) == name)
        return static_cast<pixel_type>(i);
    } catch (const std::exception&) {
      // no type has this number
    }
  throw std::runtime_error{"no pixel type is called " + name};
}

formats::channel channel_of(const json& j) {
  const auto color = std::stoul(j.at("color").get<std::string>(), nullptr, 16);
  formats::channel out;
  out.name = j.at("name");
  out.color = rgba{static_cast<uint8_t>(color >> 16), static_cast<uint8_t>(color >> 8),
                   static_cast<uint8_t>(color), 255};
  out.emission = number_of(j.at("emission"));
  out.excitation = number_of(j.at("excitation"));
  return out;
}

formats::series series_of(const json& image) {
  formats::series out;
  out.name = image.at("name");
  out.size = {image.at("sizeX"), image.at("sizeY"), image.at("sizeZ"), image.at("sizeC"),
              image.at("sizeT")};
  out.type = type_named(image.at("pixelType"));
  out.rgb = image.at("rgb");
  out.physical_x = quantity_of(image.at("physicalSizeX"));
  out.physical_y = quantity_of(image.at("physicalSizeY"));
  out.physical_z = quantity_of(image.at("physicalSizeZ"));
  out.time_increment = quantity_of(image.at("timeIncrement"));
  for (auto& c : image.at("channels"))
    out.channels.push_back(channel_of(c));
  for (auto& l : image.at("levels"))
    out.levels.push_back({l.at("width"), l.at("height")});
  return out;
}

measured_series ranges_of(const json& image) {
  measured_series out;
  for (auto& c : image.at("channels"))
    out.channels.push_back(
      {number_of(c.at("min")).value_or(NAN), number_of(c.at("max")).value_or(NAN)});
  return out;
}

} // namespace

served_file::served_file(api& who, std::vector<int64_t> images)
  : who_{who},
    images_{std::move(images)} {
  for (auto id : images_) {
    const auto image = who_.read(fmt::format("/api/v1/images/{}", id));
    seen_.what.format = image.at("format");
    seen_.what.images.push_back(series_of(image));
    seen_.measured.push_back(ranges_of(image));
  }
}

std::vector<raw_plane> served_file::read(const formats::block& b) {
  std::vector<raw_plane> out;
  for (auto c : b.channels) {
    raw_plane plane{b.where.width, b.where.height, {}, {}};
    shared_bytes::vector samples;
    for (int32_t top = 0; top < b.where.height; top += rows_at_once) {
      auto part = b;
      part.where.y += top;
      part.where.height = std::min(rows_at_once, b.where.height - top);
      const auto a = ask(part, c);
      plane.type = type_named(a.header("Troupe-Type"));
      samples.insert(samples.end(), a.body.begin(), a.body.end());
    }
    plane.samples = shared_bytes{std::move(samples)};
    out.push_back(std::move(plane));
  }
  return out;
}

answer served_file::ask(const formats::block& b, int32_t channel) {
  const auto path = fmt::format(
    "/api/v1/images/{}/pixels?z={}&c={}&t={}&level={}&x={}&y={}&width={}&height={}",
    images_.at(static_cast<size_t>(b.series)), b.at.z, channel, b.at.t, b.level,
    b.where.x, b.where.y, b.where.width, b.where.height);
  auto a = who_.get(path);
  if (a.status != 200
      || a.header("Troupe-Shape") != fmt::format("{},{}", b.where.height, b.where.width))
    throw std::runtime_error{
      fmt::format("{}: {} {}", path, a.status, a.body.substr(0, 200))};
  return a;
}

} // namespace troupe::test
