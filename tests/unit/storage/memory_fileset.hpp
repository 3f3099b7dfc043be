// An image made in code, cut into native tiles of any size.

#pragma once

#include "storage/formats/fileset.hpp"

#include <functional>

namespace troupe::test {

struct memory_image {
  dimensions size;
  pixel_type type = pixel_type::uint8;
  extent tile;
  int32_t samples = 1; ///< channels stored together
  bool rgb = false;
  /// Writes one sample of (x, y, channel, z, t).
  std::function<void(int32_t x, int32_t y, int32_t c, plane_index at, uint8_t* to)> fill;
  bool labels = false;
};

class memory_fileset : public formats::fileset {
public:
  explicit memory_fileset(memory_image what)
    : fileset{describe(what)},
      what_{std::move(what)} {}

  formats::tiling tiling_of(int32_t, int32_t) const override {
    return {what_.tile, what_.samples};
  }
  std::unique_ptr<formats::decoder> open() const override {
    return std::make_unique<decoder>(what_);
  }

private:
  static formats::description describe(const memory_image& image) {
    formats::description d;
    formats::series s;
    s.size = image.size;
    s.type = image.type;
    s.rgb = image.rgb;
    s.labels = image.labels;
    s.levels = {{image.size.x, image.size.y}};
    s.tile = image.tile;
    s.channels.resize(static_cast<size_t>(image.size.c));
    d.images.push_back(std::move(s));
    return d;
  }

  class decoder : public formats::decoder {
  public:
    explicit decoder(const memory_image& what) : what_{what} {}
    formats::tile decode(const formats::tile_id& id) override {
      const auto [width, height] = what_.tile;
      const auto bytes = bytes_of(what_.type);
      shared_bytes::vector out(static_cast<size_t>(width) * static_cast<size_t>(height)
                               * static_cast<size_t>(what_.samples) * bytes);
      auto to = out.data();
      for (int32_t y = 0; y < height; ++y)
        for (int32_t x = 0; x < width; ++x)
          for (int32_t s = 0; s < what_.samples; ++s, to += bytes)
            what_.fill(id.column * width + x, id.row * height + y,
                       id.group * what_.samples + s, id.at, to);
      return {what_.tile, what_.samples, what_.type, shared_bytes{std::move(out)}};
    }

  private:
    const memory_image& what_;
  };

  memory_image what_;
};

} // namespace troupe::test
