#include "storage/formats/ome_xml_reader.hpp"

#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/formats/limits.hpp"
#include "storage/formats/ome_bin_data.hpp"
#include "storage/formats/ome_layout.hpp"
#include "storage/formats/ome_xml_file.hpp"
#include "storage/formats/ome_xml_planes.hpp"

#include <algorithm>
#include <unistd.h>

namespace troupe::formats {
namespace {

struct xml_structure {
  std::filesystem::path path;
  std::vector<xml_image> images;
};
using structure_ptr = std::shared_ptr<const xml_structure>;

void swap_bytes(std::vector<uint8_t>& samples, size_t each) {
  for (size_t i = 0; i + each <= samples.size(); i += each)
    std::reverse(samples.begin() + static_cast<ptrdiff_t>(i),
                 samples.begin() + static_cast<ptrdiff_t>(i + each));
}

/// Bytes of one part of a sample: both parts of a complex number have their own order.
size_t swapped_together(pixel_type type) {
  const auto complex = type == pixel_type::complex64 || type == pixel_type::complex128;
  return complex ? bytes_of(type) / 2 : bytes_of(type);
}

class xml_decoder : public decoder {
public:
  explicit xml_decoder(structure_ptr all) : all_{std::move(all)} {}

  tile decode(const tile_id& which) override {
    const auto& image = all_->images[static_cast<size_t>(which.series)];
    const auto& size = image.size;
    const auto& plane = image.planes[static_cast<size_t>(
      (int64_t{which.at.t} * size.c + which.group) * size.z + which.at.z)];
    tile out{image.tile, 1, image.type, {}};
    auto samples = plane.block < 0 ? black(image) : cut_out(image, plane);
    out.bytes = shared_bytes{std::move(samples)};
    return out;
  }

private:
  static std::vector<uint8_t> black(const xml_image& image) {
    return std::vector<uint8_t>(static_cast<size_t>(image.tile.width)
                                * static_cast<size_t>(image.tile.height)
                                * bytes_of(image.type));
  }

  std::vector<uint8_t> cut_out(const xml_image& image, const xml_plane& plane) {
    const auto& block = image.blocks[static_cast<size_t>(plane.block)];
    load(block, static_cast<size_t>(image.plane_bytes())
                  * (image.blocks.size() == 1 ? image.planes.size() : 1));
    const auto begin = static_cast<size_t>(plane.skip),
               size = static_cast<size_t>(image.plane_bytes());
    if (bytes_.size() < begin + size)
      throw failure{errc::unreadable, "truncated: a plane of it is not whole"};
    std::vector<uint8_t> samples(bytes_.begin() + plane.skip,
                                 bytes_.begin() + plane.skip + image.plane_bytes());
    if (block.big_endian)
      swap_bytes(samples, swapped_together(image.type));
    return samples;
  }

  /// The last block stays: it may hold all planes.
  void load(const xml_block& block, size_t most) {
    if (loaded_ == block && !bytes_.empty())
      return;
    std::string text(static_cast<size_t>(block.length), '\0');
    const auto file = open_for_reading(all_->path);
    if (::pread(file.get(), text.data(), text.size(), block.offset) != block.length)
      throw failure{errc::unreadable, "the file changed while it was open"};
    auto decoded = decode_bin_data(text, block.coding, most);
    if (!decoded)
      throw failure{errc::unreadable, "pixels of it are damaged"};
    bytes_ = std::move(*decoded);
    loaded_ = block;
  }

  structure_ptr all_;
  xml_block loaded_;
  std::vector<uint8_t> bytes_;
};

class xml_fileset : public fileset {
public:
  xml_fileset(description what, structure_ptr all)
    : fileset{std::move(what)},
      all_{std::move(all)} {}
  tiling tiling_of(int32_t series, int32_t) const override {
    return {all_->images[static_cast<size_t>(series)].tile, 1};
  }
  std::unique_ptr<decoder> open() const override {
    return std::make_unique<xml_decoder>(all_);
  }

private:
  structure_ptr all_;
};

void check_planes(const ome_document& document) {
  int64_t planes = 0;
  for (auto& image : document.images) {
    const auto& size = image.what.size;
    planes += int64_t{size.z} * size.c * size.t;
    if (planes > limits::max_planes)
      throw failure{errc::unreadable, "its OME-XML declares too many planes"};
  }
}

} // namespace

fileset_ptr parse_ome_xml_file(const std::filesystem::path& file) {
  const auto text = read_xml_file(file);
  auto document = parse_ome_xml(text);
  check_planes(document);
  auto structure = std::make_shared<xml_structure>();
  structure->path = file;
  description what;
  what.format = "OME-XML";
  what.files = {file.filename().string()};
  what.facts = std::move(document.facts);
  what.warnings = std::move(document.warnings);
  what.about = std::move(document.about);
  for (auto& image : document.images) {
    structure->images.push_back(place_blocks(image, text, what.warnings));
    auto& s = what.images.emplace_back(image.what);
    spread_channels(image, s);
    s.levels = {{s.size.x, s.size.y}};
    s.tile = structure->images.back().tile;
  }
  return std::make_shared<xml_fileset>(std::move(what), std::move(structure));
}

} // namespace troupe::formats
