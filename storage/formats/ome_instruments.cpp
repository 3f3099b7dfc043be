// Instruments, and how they were set for each image.

#include "storage/formats/ome_channels.hpp"
#include "storage/formats/ome_parts.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

/// Who made images, by ID.
std::unordered_map<std::string, metadata::part>
experimenters_of(const pugi::xml_node& ome, ome_reading& r) {
  std::unordered_map<std::string, metadata::part> all;
  for (auto& node : xml::children(ome, "Experimenter"))
    all.emplace(xml::text(node, "ID"), *part_of(node, r));
  return all;
}

bool is_setting_of_image(const metadata::part& p) {
  return p.kind == "ObjectiveSettings" || p.kind == "ImagingEnvironment"
         || p.kind == "StageLabel";
}

template <class T>
void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

/// Those of its pixels and planes are the image's.
std::vector<int32_t> annotations_of_image(const pugi::xml_node& image, ome_reading& r) {
  auto all = r.annotations_of(image);
  for (auto& pixels : xml::children(image, "Pixels")) {
    append(all, r.annotations_of(pixels));
    for (auto& plane : xml::children(pixels, "Plane"))
      append(all, r.annotations_of(plane));
  }
  return all;
}

/// One part per channel: an element stands for all of its samples. Some writers leave
/// their number out: then each stands for as many.
std::vector<metadata::part> channels_of(const pugi::xml_node& image, ome_reading& r) {
  std::vector<metadata::part> channels;
  const auto all = channel_elements(image);
  const auto size_c =
    static_cast<size_t>(xml::whole(xml::child(image, "Pixels"), "SizeC").value_or(1));
  size_t stated = 0;
  for (auto& c : all)
    stated += static_cast<size_t>(c.samples);
  for (auto& [node, samples] : all)
    if (const auto p = part_of(node, r))
      channels.insert(
        channels.end(),
        stated == size_c ? static_cast<size_t>(samples) : size_c / all.size(), *p);
  return channels;
}

} // namespace

void read_instruments(const pugi::xml_node& ome, ome_reading& r,
                      metadata::document& about) {
  for (auto& node : xml::children(ome, "Instrument")) {
    auto instrument = *part_of(node, r);
    r.instruments.emplace(instrument.id, static_cast<int32_t>(about.instruments.size()));
    about.instruments.push_back(std::move(instrument));
  }
}

void read_acquisitions(const pugi::xml_node& ome, ome_reading& r,
                       metadata::document& about) {
  const auto people = experimenters_of(ome, r);
  int32_t series = 0;
  for (auto& image : xml::children(ome, "Image")) {
    metadata::acquisition made;
    const auto instruments = r.references(image, "InstrumentRef", r.instruments);
    if (!instruments.empty())
      made.instrument = instruments.front();
    made.settings = parts_of(image, r);
    std::erase_if(made.settings, [](auto& p) { return !is_setting_of_image(p); });
    const auto who = people.find(xml::text(xml::child(image, "ExperimenterRef"), "ID"));
    if (who != people.end())
      made.settings.push_back(who->second);
    made.channels = channels_of(image, r);
    made.annotations = annotations_of_image(image, r);
    for (auto roi : r.references(image, "ROIRef", r.rois))
      about.rois[static_cast<size_t>(roi)].images.push_back(series);
    about.images.push_back(std::move(made));
    ++series;
  }
}

} // namespace troupe::formats
