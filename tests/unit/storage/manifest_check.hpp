// Compares what a reader gives with an entry of the test data's manifest. Its
// conventions: a plane is the SHA-256 of its samples; lossy planes are compared by the
// means of 8 x 8 cells; palettes may be expanded; alternates are as good.

#pragma once

#include "storage/files/managed.hpp"
#include "storage/formats/reader.hpp"
#include "storage/inspect/inspection.hpp"
#include "tests/unit/storage/planes.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace troupe::test {

using nlohmann::json;

class manifest_check {
public:
  manifest_check(const std::filesystem::path& file, const json& entry)
    : manifest_check{inspect_here({.file = file}, [](double) {}), *formats::open(file),
                     entry} {}

  /// @param reader  of what was inspected.
  manifest_check(const inspection& inspected, formats::reader& reader, const json& entry)
    : notes_{entry.value("notes", "")} {
    const auto& wanted = entry.at("series");
    const auto labels = entry.value("labels", json::array());
    expect_equal("images", inspected.what.images.size(), wanted.size() + labels.size());
    for (size_t i = 0; i < std::min(inspected.what.images.size(), wanted.size()); ++i) {
      where_ = fmt::format("image {}: ", i);
      const auto& measured = inspected.measured.at(i);
      check_series(inspected.what.images[i], measured, wanted[i], static_cast<int32_t>(i),
                   reader);
    }
    for (size_t i = 0; i < labels.size() && faults_.empty(); ++i)
      check_labels(inspected, labels[i], wanted.size() + i, reader);
    where_ = "image 0: ";
    if (entry.contains("regions"))
      for (auto& r : entry.at("regions"))
        check_region(r, reader);
  }

  const std::vector<std::string>& faults() const { return faults_; }

private:
  template <class T>
  void expect_equal(const std::string& what, const T& got, const T& wanted) {
    if (got != wanted)
      faults_.push_back(fmt::format("{}{} is {}, not {}", where_, what, got, wanted));
  }
  void expect_near(const std::string& what, double got, double wanted, double tolerance) {
    if (!(std::abs(got - wanted) <= tolerance))
      faults_.push_back(fmt::format("{}{} is {}, not {}", where_, what, got, wanted));
  }

  void check_series(const formats::series& s, const measured_series& measured,
                    const json& j, int32_t index, formats::reader& reader) {
    const auto shown = s.size.c == 3 && j.at("sizeC") == 4
                       && notes_.find("RGB is acceptable") != std::string::npos;
    if (shown) // inks turned into colours: the manifest has no planes of those
      return expect_equal("rgb", s.rgb, true);
    const auto expanded = j.contains("palette") && s.size.c == 3 && j.at("sizeC") == 1;
    expect_equal(
      "size", std::array{s.size.x, s.size.y, s.size.z, s.size.t},
      std::array<int32_t, 4>{j.at("sizeX"), j.at("sizeY"), j.at("sizeZ"), j.at("sizeT")});
    if (expanded) {
      check_planes(s, j.at("palette").at("expandedRgbPlanes"), index, reader);
      return;
    }
    expect_equal("size C", s.size.c, j.at("sizeC").get<int32_t>());
    expect_equal("rgb", s.rgb, j.value("rgb", false));
    if (!faults_.empty())
      return;
    if (!j.value("planesOnly", false))
      check_words(s, j);
    check_levels(s, j);
    check_channels(s, measured, j);
    const auto before = faults_;
    // Some decoders give 16-bit grey as 32-bit numbers.
    widened_ = s.type == pixel_type::uint16 && j.at("pixelType") == "int32";
    expect_equal("type", std::string{name_of(widened_ ? pixel_type::int32 : s.type)},
                 j.at("pixelType").get<std::string>());
    if (j.value("lossy", false))
      check_means(s, j.at("planes"), index, reader);
    else
      check_planes(s, j.at("planes"), index, reader);
    if (faults_ == before || !j.contains("alternates"))
      return;
    for (auto& other : j.at("alternates")) {
      faults_ = before;
      expect_equal("type", std::string{name_of(s.type)},
                   other.at("pixelType").get<std::string>());
      check_planes(s, other.at("planes"), index, reader);
      if (faults_ == before)
        return;
    }
  }

  void check_words(const formats::series& s, const json& j) {
    if (j.contains("name"))
      expect_equal("name", without_ends(s.name),
                   without_ends(j.at("name").get<std::string>()));
    check_quantity("physicalSizeX", s.physical_x, j);
    check_quantity("physicalSizeY", s.physical_y, j);
    check_quantity("physicalSizeZ", s.physical_z, j);
    if (!j.contains("pixels")) // of files without pixels the manifest does not say
      check_quantity("timeIncrement", s.time_increment, j);
  }

  static std::string without_ends(const std::string& text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos
             ? ""
             : text.substr(first, text.find_last_not_of(' ') + 1 - first);
  }

  void check_quantity(const char* key, const std::optional<formats::quantity>& got,
                      const json& j) {
    expect_equal(fmt::format("{} known", key), got.has_value(), j.contains(key));
    if (!got || !j.contains(key))
      return;
    const auto wanted = j.at(key).at("value").get<double>();
    expect_near(key, got->value, wanted, 1e-6 * wanted);
    expect_equal(fmt::format("unit of {}", key), got->unit,
                 j.at(key).at("unit").get<std::string>());
  }

  void check_levels(const formats::series& s, const json& j) {
    if (!j.contains("resolutions"))
      return;
    std::vector<std::array<int32_t, 2>> got, wanted;
    for (auto& l : s.levels)
      got.push_back({l.width, l.height});
    for (auto& r : j.at("resolutions"))
      wanted.push_back({r.at("sizeX"), r.at("sizeY")});
    expect_equal("levels", got == wanted, true);
  }

  void check_channels(const formats::series& s, const measured_series& measured,
                      const json& j) {
    const auto lossy = j.value("lossy", false) || j.contains("alternates");
    const auto channels = j.value("channels", json::array());
    for (size_t c = 0; c < channels.size(); ++c) {
      const auto& wanted = channels[c];
      const auto& got = s.channels.at(c);
      const auto name = fmt::format("channel {} ", c);
      if (wanted.contains("name") && !got.name.empty()
          && !wanted.at("name").get<std::string>().starts_with("a b (tab"))
        expect_equal(name + "name", got.name, wanted.at("name").get<std::string>());
      if (wanted.contains("colorHex"))
        expect_equal(name + "colour", hex_of(got.color),
                     wanted.at("colorHex").get<std::string>());
      if (wanted.contains("color"))
        expect_equal(name + "colour", number_of(got.color),
                     wanted.at("color").get<int64_t>());
      if (wanted.contains("emission"))
        expect_near(name + "emission", got.emission.value_or(0), wanted.at("emission"),
                    1e-6);
      if (wanted.contains("excitation"))
        expect_near(name + "excitation", got.excitation.value_or(0),
                    wanted.at("excitation"), 1e-6);
      if (!lossy && wanted.contains("min") && wanted.at("min").is_number()) {
        expect_near(name + "minimum", measured.channels.at(c).min, wanted.at("min"),
                    1e-9);
        expect_near(name + "maximum", measured.channels.at(c).max, wanted.at("max"),
                    1e-9);
      }
    }
  }

  static std::string hex_of(const std::optional<rgba>& color) {
    return color
             ? fmt::format("{:02X}{:02X}{:02X}", color->red, color->green, color->blue)
             : "unknown";
  }

  static int64_t number_of(const std::optional<rgba>& color) {
    if (!color)
      return INT64_MAX;
    return static_cast<int32_t>(uint32_t{color->red} << 24 | uint32_t{color->green} << 16
                                | uint32_t{color->blue} << 8 | color->alpha);
  }

  raw_plane whole_plane(const formats::series& s, const json& at, int32_t index,
                        formats::reader& reader) const {
    const auto plane = reader
                         .read({index,
                                0,
                                {at.at("z"), at.at("t")},
                                {at.at("c").get<int32_t>()},
                                {0, 0, s.size.x, s.size.y}})
                         .front();
    return widened_ ? widened(plane) : plane;
  }

  static raw_plane widened(const raw_plane& plane) {
    const auto from = samples_of<uint16_t>(plane);
    return plane_of(plane.width, plane.height,
                    std::vector<int32_t>{from.begin(), from.end()});
  }

  static std::string sha256(const uint8_t* bytes, size_t size) {
    sha256_digest digest;
    EVP_Digest(bytes, size, digest.data(), nullptr, EVP_sha256(), nullptr);
    return to_hex(digest);
  }

  void check_planes(const formats::series& s, const json& planes, int32_t index,
                    formats::reader& reader) {
    for (auto& p : planes) {
      const auto got = whole_plane(s, p, index, reader);
      expect_equal(fmt::format("plane {}", p.at("c").get<int>()),
                   sha256(got.samples.data(), got.samples.size()),
                   p.at("sha256").get<std::string>());
    }
  }

  void check_means(const formats::series& s, const json& planes, int32_t index,
                   formats::reader& reader) {
    for (auto& p : planes) {
      const auto got = whole_plane(s, p, index, reader);
      for (int32_t row = 0; row < 8; ++row)
        for (int32_t column = 0; column < 8; ++column)
          expect_near(
            fmt::format("plane {} cell {} {}", p.at("c").get<int>(), row, column),
            mean_of(got, {column * got.width / 8, row * got.height / 8,
                          (column + 1) * got.width / 8, (row + 1) * got.height / 8}),
            p.at("blockMeans8x8").at(row).at(column), 1.5);
    }
  }

  /// @param ends  left, top, right, bottom. 8-bit planes only.
  static double mean_of(const raw_plane& p, const std::array<int32_t, 4>& ends) {
    double sum = 0;
    for (auto y = ends[1]; y < ends[3]; ++y)
      for (auto x = ends[0]; x < ends[2]; ++x)
        sum += p.samples.data()[static_cast<size_t>(y) * p.width + x];
    return sum / ((ends[2] - ends[0]) * (ends[3] - ends[1]));
  }

  void check_labels(const inspection& inspected, const json& j, size_t index,
                    formats::reader& reader) {
    where_ = fmt::format("labels {}: ", j.at("name").get<std::string>());
    const auto& s = inspected.what.images.at(index);
    expect_equal("name", s.name, j.at("name").get<std::string>());
    expect_equal("type", std::string{name_of(s.type)},
                 j.at("pixelType").get<std::string>());
    expect_near("count", inspected.measured.at(index).channels.at(0).max, j.at("count"),
                1e-9);
    check_planes(
      s, json::array({{{"z", 0}, {"c", 0}, {"t", 0}, {"sha256", j.at("sha256")}}}),
      static_cast<int32_t>(index), reader);
  }

  void check_region(const json& r, formats::reader& reader) {
    const region at{r.at("x"), r.at("y"), r.at("w"), r.at("h")};
    const auto planes = reader.read({0, r.at("resolution"), {}, {0, 1, 2}, at});
    std::vector<uint8_t> together;
    for (size_t i = 0; i < planes[0].samples.size(); ++i)
      for (auto& p : planes)
        together.push_back(p.samples.data()[i]);
    for (size_t c = 0; c < 3; ++c)
      expect_near("mean of a region", mean_of(planes[c], {0, 0, at.width, at.height}),
                  r.at("meanRGB").at(c), 1.5);
    if (r.contains("sha256Interleaved"))
      expect_equal("a region", sha256(together.data(), together.size()),
                   r.at("sha256Interleaved").get<std::string>());
  }

  std::string notes_, where_;
  bool widened_ = false;
  std::vector<std::string> faults_;
};

} // namespace troupe::test
