// The golden vectors of the rendering reference: any folder of the same schema.

#pragma once

#include "storage/derive/halve.hpp"
#include "storage/failure.hpp"
#include "storage/render/draw.hpp"
#include "storage/render/view_region.hpp"

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>

namespace troupe::test::golden {

using nlohmann::json;
using render::profile;

inline std::filesystem::path folder() {
  if (auto set = std::getenv("TROUPE_GOLDEN"))
    return set;
  return std::filesystem::path{TROUPE_SOURCE_DIR} / "../shared/reference/golden";
}

inline const json& manifest() {
  static const json read = [] {
    std::ifstream in{folder() / "manifest.json"};
    return in ? json::parse(in) : json{};
  }();
  return read;
}

/// What a profile must give.
inline const json& expected_of(const json& c, profile p) {
  return p == profile::fixed && c.contains("expected_fixed") ? c.at("expected_fixed")
                                                             : c.at("expected");
}

/// Runs check(case, profile) for every case of an operation, in both profiles.
template <class Check>
void run(const std::string& op, Check check) {
  if (manifest().is_null()) {
    MESSAGE("skipped: no golden vectors at " << folder().string());
    return;
  }
  int count = 0;
  for (auto& c : manifest().at("cases")) {
    if (c.at("op") != op)
      continue;
    ++count;
    for (auto p : {profile::omero, profile::fixed}) {
      CAPTURE(c.at("id").get<std::string>());
      CAPTURE(p == profile::omero ? "omero" : "fixed");
      if (expected_of(c, p).is_object() && expected_of(c, p).contains("error"))
        CHECK_THROWS_AS(check(c, p), failure);
      else
        check(c, p);
    }
  }
  MESSAGE(op << ": " << count << " cases");
  CHECK_MESSAGE(count > 0, "no case of " << op);
}

inline std::vector<uint8_t> bytes_of_file(const std::string& name) {
  std::ifstream in{folder() / name, std::ios::binary};
  REQUIRE_MESSAGE(in, name);
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// Numbers that JSON cannot hold are texts.
inline double number(const json& j) {
  if (j.is_number())
    return j.get<double>();
  const auto text = j.get<std::string>();
  constexpr auto infinity = std::numeric_limits<double>::infinity();
  return text == "inf" ? infinity : text == "-inf" ? -infinity : std::nan("");
}

inline std::optional<render::sample_range> range_in(const json& j) {
  if (j.is_null())
    return std::nullopt;
  return render::sample_range{number(j.at(0)), number(j.at(1))};
}

inline rgba color_in(const json& j) {
  const auto c = j.get<std::array<uint8_t, 4>>();
  return {c[0], c[1], c[2], c[3]};
}

inline int32_t bits_in(const json& j) {
  return j.is_null() ? 0 : j.get<int32_t>();
}

inline extent extent_in(const json& j) {
  return {j.at(0), j.at(1)};
}

inline region region_in(const json& j) {
  return {j.at(0), j.at(1), j.at(2), j.at(3)};
}

inline pixel_type type_in(const json& c) {
  return pixel_type_of(c.at("type").get<std::string>()).value();
}

/// Unknown names become a family that is refused.
inline render::family family_in(const json& j) {
  const std::string names[] = {"linear", "polynomial", "exponential", "logarithmic"};
  const auto found = std::find(std::begin(names), std::end(names), j.get<std::string>());
  return static_cast<render::family>(found - std::begin(names));
}

inline render::quantum quantum_in(const json& j) {
  return {j.at("cd_start"), j.at("cd_end"), j.at("bit_resolution")};
}

/// A T, C, Z, Y, X array of which planes are read.
struct stack {
  explicit stack(const json& j)
    : type{type_in(j)},
      shape{j.at("shape").get<std::array<int32_t, 5>>()},
      bits{bits_in(j.at("significant_bits"))},
      bytes{bytes_of_file(j.at("file").get<std::string>())} {}

  int32_t size_z() const { return shape[2]; }
  extent size() const { return {shape[4], shape[3]}; }
  region everything() const { return {0, 0, shape[4], shape[3]}; }

  raw_plane read(int32_t t, int32_t c, int32_t z, const region& r) const {
    const auto sample = bytes_of(type);
    shared_bytes::vector samples;
    for (auto y = r.y; y < r.y + r.height; ++y) {
      const auto at =
        (((size_t(t) * shape[1] + c) * shape[2] + z) * shape[3] + y) * shape[4] + r.x;
      const auto from = bytes.begin() + static_cast<ptrdiff_t>(at * sample);
      samples.insert(samples.end(), from,
                     from + static_cast<ptrdiff_t>(r.width * sample));
    }
    return {r.width, r.height, type, shared_bytes{std::move(samples)}};
  }

  raw_plane plane() const { return read(0, 0, 0, everything()); }

  pixel_type type;
  std::array<int32_t, 5> shape; // T, C, Z, Y, X
  int32_t bits;
  std::vector<uint8_t> bytes;
};

/// The next smaller level of a plane.
inline raw_plane half_of(const raw_plane& plane) {
  const auto sample = bytes_of(plane.type), width = static_cast<size_t>(plane.width);
  const extent half{(plane.width + 1) / 2, (plane.height + 1) / 2};
  const auto row = static_cast<size_t>(half.width) * sample;
  shared_bytes::vector bytes(row * static_cast<size_t>(half.height));
  for (int32_t y = 0; y < plane.height; y += 2) {
    const auto above = plane.samples.data() + static_cast<size_t>(y) * width * sample;
    const auto below = y + 1 < plane.height ? above + width * sample : above;
    derive::halve_rows(plane.type, derive::reduction::mean, {above, below, width},
                       bytes.data() + static_cast<size_t>(y / 2) * row);
  }
  return {half.width, half.height, plane.type, shared_bytes{std::move(bytes)}};
}

/// Within the tolerance of a case; NaN equals NaN.
inline bool is_close(const json& c, double got, double want) {
  if (std::isnan(got) || std::isnan(want))
    return std::isnan(got) && std::isnan(want);
  if (got == want)
    return true;
  const auto& tolerance = c.at("tolerance");
  if (tolerance.contains("max_rel"))
    return std::abs(got - want)
           <= tolerance["max_rel"].get<double>() * std::max(1.0, std::abs(want));
  return std::abs(got - want) <= tolerance.value("max_abs", 0.0);
}

} // namespace troupe::test::golden
