#include "storage/render/projected_reader.hpp"

#include "storage/failure.hpp"

namespace troupe::render {
namespace {

constexpr size_t at_once =
  4; ///< planes: a sum is fetched and stored once for all of them

} // namespace

void projected_reader::pay(const formats::block& b, pixel_type type, size_t planes) {
  bytes_left_ -= int64_t{b.where.width} * b.where.height
                 * static_cast<int64_t>(bytes_of(type) * b.channels.size() * planes);
  if (bytes_left_ < 0)
    throw failure{errc::too_large,
                  "the projection reads too many samples: ask for fewer sections, a "
                  "region or a smaller level"};
}

std::vector<raw_plane> projected_reader::read(const formats::block& b) {
  const auto& image = formats::check_block(describe(), b);
  const auto sections = projected_planes(how_.how, how_.z, image.size.z, rules_);
  pay(b, image.type, sections.size());
  std::vector<projector> sums(
    b.channels.size(),
    projector{how_.how, {b.where.width, b.where.height}, image.type, rules_});
  for (size_t first = 0; first < sections.size(); first += at_once) {
    std::vector<std::vector<raw_plane>> batch(b.channels.size());
    for (auto i = first; i < std::min(first + at_once, sections.size()); ++i) {
      auto section = b;
      section.at.z = sections[i];
      auto planes = from_.read(section);
      for (size_t c = 0; c < planes.size(); ++c)
        batch[c].push_back(std::move(planes[c]));
    }
    for (size_t c = 0; c < batch.size(); ++c)
      sums[c].add(batch[c]);
  }
  std::vector<raw_plane> result;
  for (auto& s : sums)
    result.push_back(s.result());
  return result;
}

} // namespace troupe::render
