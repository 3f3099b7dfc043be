// Shapes every layer shares. Plain values; `inspect` lets actors send them.

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace troupe {

/// Sample types of the OME model. Stored in SQL by number: never renumber.
enum class pixel_type : uint8_t {
  bit,
  int8,
  uint8,
  int16,
  uint16,
  int32,
  uint32,
  float32,
  float64,
  complex64,
  complex128,
};

/// @returns bytes of one sample in memory (a bit takes a whole byte).
size_t bytes_of(pixel_type type);
/// @returns the OME name: "uint16", "float", "double", "double-complex" ...
std::string_view name_of(pixel_type type);
/// @returns nothing for a name the OME model does not know.
std::optional<pixel_type> pixel_type_of(std::string_view ome_name);

/// A rectangle of one plane: pixels of the level it refers to, origin top left.
struct region {
  int32_t x = 0, y = 0, width = 0, height = 0;
  bool operator==(const region&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, region& r) {
  return f(r.x, r.y, r.width, r.height);
}

/// Width and height in pixels.
struct extent {
  int32_t width = 0, height = 0;
  bool operator==(const extent&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, extent& e) {
  return f(e.width, e.height);
}

/// Which plane of a stack, from 0.
struct plane_index {
  int32_t z = 0, t = 0;
  bool operator==(const plane_index&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, plane_index& p) {
  return f(p.z, p.t);
}

/// Sizes of an image, OME's five dimensions.
struct dimensions {
  int32_t x = 0, y = 0, z = 1, c = 1, t = 1;
  bool operator==(const dimensions&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, dimensions& d) {
  return f(d.x, d.y, d.z, d.c, d.t);
}

struct rgba {
  uint8_t red = 255, green = 255, blue = 255, alpha = 255;
  bool operator==(const rgba&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, rgba& c) {
  return f(c.red, c.green, c.blue, c.alpha);
}

/// Immutable bytes: one pointer inside a process, the bytes themselves between nodes.
class shared_bytes {
public:
  using vector = std::vector<uint8_t>;
  shared_bytes() = default;
  explicit shared_bytes(vector bytes)
    : bytes_{std::make_shared<const vector>(std::move(bytes))} {}
  const uint8_t* data() const { return bytes_ ? bytes_->data() : nullptr; }
  size_t size() const { return bytes_ ? bytes_->size() : 0; }
  std::string_view view() const {
    return {reinterpret_cast<const char*>(data()), size()};
  }

  template <class Inspector>
  friend auto inspect(Inspector& f, shared_bytes& x) {
    if constexpr (Inspector::reads_state) {
      static const vector none;
      return f(const_cast<vector&>(x.bytes_ ? *x.bytes_ : none));
    } else {
      vector read;
      auto error = f(read);
      x = shared_bytes{std::move(read)};
      return error;
    }
  }

private:
  std::shared_ptr<const vector> bytes_;
};

/// Samples of one channel of one region, row-major, little-endian:
/// sample (x, y) starts at byte (y * width + x) * bytes_of(type).
struct raw_plane {
  int32_t width = 0, height = 0;
  pixel_type type = pixel_type::uint8;
  shared_bytes samples;
};
template <class Inspector>
auto inspect(Inspector& f, raw_plane& p) {
  return f(p.width, p.height, p.type, p.samples);
}

/// An encoded picture on its way to a client.
struct encoded_image {
  std::string mime; ///< "image/jpeg", "image/png", "application/octet-stream" for samples
  shared_bytes bytes = {};
  extent size = {};
  pixel_type type = pixel_type::uint8; ///< of the samples
  std::string etag = {}; ///< the same for the same answer; no bytes = not modified
};
template <class Inspector>
auto inspect(Inspector& f, encoded_image& x) {
  return f(x.mime, x.bytes, x.size, x.type, x.etag);
}

/// Where an image's pixels are: all a worker needs to open it, also on another
/// machine that shares the storage.
struct image_source {
  std::string path;   ///< absolute path of the fileset's main file
  int32_t series = 0; ///< which image of the fileset
  int64_t bytes = 0;  ///< size of the main file when it was inspected
  int64_t modified_ns =
    0; ///< its mtime then, ns since 1970; 0 = never altered by us, not checked
  std::string derived = {}; ///< folder of the pyramid made for it; empty = none
  bool operator==(const image_source&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, image_source& s) {
  return f(s.path, s.series, s.bytes, s.modified_ns, s.derived);
}

} // namespace troupe
