#include "storage/inspect/derive_here.hpp"

#include "storage/derive/build.hpp"
#include "storage/failure.hpp"
#include "storage/formats/format.hpp"

#include <thread>

namespace troupe {

inspection derive_here(const inspection_request& what,
                       const std::function<void(double)>& progress) {
  const auto set = formats::parse(what.file);
  const auto index = what.derive->series;
  inspection result{set->describe(), {}, {}};
  if (index < 0 || static_cast<size_t>(index) >= result.what.images.size())
    throw failure{errc::bad_request, "there is no such image in the file"};
  const auto threads = std::max(1u, std::thread::hardware_concurrency());
  const auto made = derive::build({.from = set,
                                   .file = what.file,
                                   .series = index,
                                   .folder = what.derive->folder,
                                   .threads = threads},
                                  progress);
  auto& levels = result.what.images[static_cast<size_t>(index)].levels;
  levels.resize(static_cast<size_t>(made.first_level));
  levels.insert(levels.end(), made.levels.begin(), made.levels.end());
  result.measured.resize(result.what.images.size());
  for (auto& c : made.channels)
    result.measured[static_cast<size_t>(index)].channels.push_back(range_of(c));
  return result;
}

} // namespace troupe
