#include "storage/formats/ome_files.hpp"

#include "storage/failure.hpp"
#include "storage/formats/side_file.hpp"
#include "storage/formats/tiff_facts.hpp"

#include <fmt/format.h>

namespace troupe::formats {
namespace {

/// UUID of the OME element, without parsing what may be long.
std::string uuid_of(const std::string& text) {
  const auto start = text.find("OME ");
  const auto tag = text.substr(0, start == std::string::npos ? 0 : text.find('>', start));
  const auto at = tag.find("UUID=");
  if (at == std::string::npos || at + 6 >= tag.size())
    return {};
  return tag.substr(at + 6, tag.find(tag[at + 5], at + 6) - at - 6);
}

} // namespace

ome_files::ome_files(std::filesystem::path folder, const ome_source& source,
                     const ome_document& document)
  : own_{source.in_tiff ? source.file : ""},
    document_{document} {
  structure_.folder = std::move(folder);
  structure_.pages.keep_palette = true;
  for (auto& image : document.images)
    for (auto& place : image.places)
      own_is_named_ = own_is_named_ || place.file_name == own_;
}

std::string ome_files::name_of(const ome_tiff_data& place) const {
  if (place.uuid.empty() && place.file_name.empty())
    return own_;
  // A copy under another name is still the file its UUID says.
  const auto renamed = !own_.empty() && (!own_is_named_ || place.file_name.empty());
  if (renamed && !document_.uuid.empty() && place.uuid == document_.uuid)
    return own_;
  return place.file_name.empty() ? place.uuid : place.file_name;
}

std::optional<ome_files::range> ome_files::find(const ome_tiff_data& place) {
  const auto name = name_of(place);
  if (name.empty())
    throw failure{errc::unreadable, "its OME-XML does not say which file has the planes"};
  const auto known = known_.find(name);
  return known != known_.end() ? known->second : known_[name] = read(name, place.uuid);
}

std::string ome_files::words_for(int32_t page) const {
  const auto file = pages().at(page).file;
  auto first = page;
  while (first > 0 && pages().at(first - 1).file == file)
    --first;
  const auto& files = structure_.files;
  return fmt::format("page {}{}", page - first,
                     files.size() > 1 ? " of " + files[static_cast<size_t>(file)].name
                                      : "");
}

std::optional<ome_files::range> ome_files::read(const std::string& name,
                                                const std::string& uuid) {
  const auto path = side_file(structure_.folder, name);
  if (!path) {
    missing_.push_back(name);
    return std::nullopt;
  }
  try {
    tiff_file file{*path};
    const auto own = uuid_of(description_of(file));
    if (!own.empty() && !uuid.empty() && own != uuid)
      strangers_.push_back(name);
    if (facts_.empty())
      facts_ = tiff_facts(file);
    const auto first = structure_.pages.count();
    const auto index = static_cast<int32_t>(structure_.files.size());
    structure_.files.push_back({name, file.bytes()});
    read_pages(file, index, structure_.pages);
    return range{first, structure_.pages.count() - first};
  } catch (const failure& e) {
    if (name == own_)
      throw;
    throw failure{e.code, name + ": " + e.what()};
  }
}

} // namespace troupe::formats
