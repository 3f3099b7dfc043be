#include "storage/formats/ome_channels.hpp"

#include "storage/failure.hpp"

namespace troupe::formats {
namespace {

void add(std::vector<channel_element>& to, const pugi::xml_node& node, int64_t size_c) {
  int64_t before = 0;
  for (auto& c : to)
    before += c.samples;
  const auto samples = xml::whole(node, "SamplesPerPixel").value_or(1);
  if (samples < 1 || samples > size_c - before)
    throw failure{errc::unreadable, "its OME-XML has channels that do not fit SizeC"};
  to.push_back({node, static_cast<int32_t>(samples)});
}

} // namespace

std::vector<channel_element> channel_elements(const pugi::xml_node& image) {
  const auto pixels = xml::child(image, "Pixels");
  const auto size_c = xml::whole(pixels, "SizeC").value_or(1);
  std::vector<channel_element> all;
  for (auto& node : xml::children(pixels, "Channel"))
    add(all, node, size_c);
  if (!all.empty())
    return all;
  for (auto& node : xml::children(image, "LogicalChannel")) {
    const auto components = xml::children(node, "ChannelComponent").size();
    if (components == 0)
      add(all, node, size_c);
    for (size_t i = 0; i < components && static_cast<int64_t>(all.size()) < size_c; ++i)
      all.push_back({node, 1});
  }
  return all;
}

} // namespace troupe::formats
