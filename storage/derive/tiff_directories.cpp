#include "storage/derive/tiff_directories.hpp"

#include "storage/derive/tile_codec.hpp"

#include <cstring>
#include <fmt/format.h>
#include <map>

namespace troupe::derive {
namespace {

/// Numbers of the TIFF 6 and BigTIFF specifications.
enum tag : uint16_t {
  subfile_type = 254,
  image_width = 256,
  image_length = 257,
  bits_per_sample = 258,
  compression = 259,
  photometric = 262,
  image_description = 270,
  samples_per_pixel = 277,
  planar_configuration = 284,
  predictor = 317,
  tile_width = 322,
  tile_length = 323,
  tile_offsets = 324,
  tile_byte_counts = 325,
  sub_directories = 330,
  extra_samples = 338,
  sample_format = 339,
};
enum value_type : uint16_t { ascii = 2, word = 3, wide = 16, directory_offset = 18 };

constexpr uint64_t zstd_compression = 50000, horizontal_differences = 2;

/// Little-endian numbers, as many bytes as their type has.
template <class Number>
void append(std::string& to, Number n) {
  char bytes[sizeof n];
  std::memcpy(bytes, &n, sizeof n);
  to.append(bytes, sizeof n);
}

struct field {
  value_type type;
  uint64_t count;
  std::string bytes;
};

field directory_numbers(value_type type, const std::vector<uint64_t>& values) {
  field f{type, values.size(), {}};
  for (auto v : values)
    if (type == word)
      append(f.bytes, static_cast<uint16_t>(v));
    else
      append(f.bytes, v);
  return f;
}

field directory_text(const std::string& value) {
  return {ascii, value.size() + 1, value + '\0'};
}

using directory = std::map<uint16_t, field>; // by tag, in order

uint64_t directory_format_of(pixel_type type) {
  switch (type) {
    case pixel_type::int8:
    case pixel_type::int16:
    case pixel_type::int32: return 2;
    case pixel_type::float32:
    case pixel_type::float64: return 3;
    default: return 1;
  }
}

/// How the samples of a pixel are stored. A bit takes a byte.
void add_samples(directory& d, const pyramid_plan& p) {
  const auto samples = static_cast<uint64_t>(p.cut.samples);
  const auto shown = p.rgb ? 3u : 1u;
  d[bits_per_sample] =
    directory_numbers(word, std::vector<uint64_t>(samples, 8 * bytes_of(p.type)));
  d[compression] = directory_numbers(word, {zstd_compression});
  d[photometric] = directory_numbers(word, {p.rgb ? 2u : 1u});
  d[samples_per_pixel] = directory_numbers(word, {samples});
  d[planar_configuration] = directory_numbers(word, {1});
  if (stores_differences(p.type))
    d[predictor] = directory_numbers(word, {horizontal_differences});
  if (samples > shown)
    d[extra_samples] = directory_numbers(word, std::vector<uint64_t>(samples - shown, 0));
  d[sample_format] =
    directory_numbers(word, std::vector<uint64_t>(samples, directory_format_of(p.type)));
}

directory directory_of(const pyramid_plan& p, const pyramid_file& file, size_t page,
                       size_t level) {
  std::vector<uint64_t> offsets, counts;
  for (auto& t : file.tiles(page, level)) {
    offsets.push_back(t.offset);
    counts.push_back(t.bytes);
  }
  const auto size = p.levels[level];
  directory d;
  d[subfile_type] = directory_numbers(wide, {level > 0 ? 1u : 0u});
  d[image_width] = directory_numbers(wide, {static_cast<uint64_t>(size.width)});
  d[image_length] = directory_numbers(wide, {static_cast<uint64_t>(size.height)});
  d[tile_width] = d[tile_length] = directory_numbers(wide, {tile_side});
  d[tile_offsets] = directory_numbers(wide, offsets);
  d[tile_byte_counts] = directory_numbers(wide, counts);
  add_samples(d, p);
  return d;
}

std::string ome_xml(const pyramid_plan& p) {
  const auto type = p.type == pixel_type::bit ? pixel_type::uint8 : p.type;
  std::string channels;
  for (int32_t g = 0; g < p.groups; ++g)
    channels += fmt::format(R"(<Channel ID="Channel:0:{}" SamplesPerPixel="{}"/>)", g,
                            p.cut.samples);
  return fmt::format(
    R"(<?xml version="1.0" encoding="UTF-8"?><OME xmlns="http://www.openmicroscopy.org/Schemas/OME/2016-06"><Image ID="Image:0"><Pixels ID="Pixels:0" DimensionOrder="XYZCT" Type="{}" SizeX="{}" SizeY="{}" SizeZ="{}" SizeC="{}" SizeT="{}" BigEndian="false" Interleaved="true">{}<TiffData/></Pixels></Image></OME>)",
    name_of(type), p.levels[0].width, p.levels[0].height, p.z, p.groups * p.cut.samples,
    p.t, channels);
}

/// Bytes that end up at a known place of the file.
class placed_bytes {
public:
  explicit placed_bytes(uint64_t offset) : offset_{offset} {}

  /// @returns where the directory is. @param chain  receives the place of its link to
  /// the next one.
  uint64_t add(const directory& d, size_t& chain) {
    std::string entries;
    append(entries, static_cast<uint64_t>(d.size()));
    for (auto& [tag, f] : d) {
      append(entries, tag);
      append(entries, static_cast<uint16_t>(f.type));
      append(entries, f.count);
      auto inside = f.bytes;
      if (inside.size() > 8)
        append(inside = {}, add(f.bytes));
      inside.resize(8, '\0');
      entries += inside;
    }
    append(entries, uint64_t{0});
    const auto at = add(entries);
    chain = bytes_.size() - 8;
    return at;
  }
  void link(size_t chain, uint64_t next) { std::memcpy(&bytes_[chain], &next, 8); }
  std::string take() { return std::move(bytes_); }

private:
  uint64_t add(const std::string& more) {
    bytes_.resize((bytes_.size() + 7) / 8 * 8, '\0');
    const auto at = offset_ + bytes_.size();
    bytes_ += more;
    return at;
  }

  uint64_t offset_;
  std::string bytes_;
};

} // namespace

directory_block tiff_directories(const pyramid_plan& plan, const pyramid_file& tiles,
                                 uint64_t offset) {
  placed_bytes out{offset};
  directory_block made;
  size_t last = 0, unused = 0;
  for (size_t page = 0; page < plan.pages(); ++page) {
    std::vector<uint64_t> smaller;
    for (size_t level = 1; level < plan.levels.size(); ++level)
      smaller.push_back(out.add(directory_of(plan, tiles, page, level), unused));
    auto d = directory_of(plan, tiles, page, 0);
    if (page == 0)
      d[image_description] = directory_text(ome_xml(plan));
    if (!smaller.empty())
      d[sub_directories] = directory_numbers(directory_offset, smaller);
    size_t chain = 0;
    const auto at = out.add(d, chain);
    if (page == 0)
      made.first = at;
    else
      out.link(last, at);
    last = chain;
  }
  made.bytes = out.take();
  return made;
}

std::string tiff_header(uint64_t first_directory) {
  std::string h{"II+\0\x08\0\0\0", 8};
  append(h, first_directory);
  return h;
}

} // namespace troupe::derive
