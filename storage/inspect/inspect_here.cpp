// Reading a whole file once: everything that will be shown later has been decoded here.

#include "storage/failure.hpp"
#include "storage/inspect/measure.hpp"

#include <algorithm>

namespace troupe {
namespace {

/// Files that decode to far more than they hold are probed, not read: a work budget.
constexpr int64_t always_read = int64_t{1} << 30, largest_expansion = 4096;

/// Bytes of all files of the fileset.
int64_t stored_bytes(const formats::description& d, const std::filesystem::path& main) {
  namespace fs = std::filesystem;
  const auto folder = fs::is_directory(main) ? main : main.parent_path();
  std::error_code absent; // a plane may be missing
  int64_t total = 0;
  for (auto& name : d.files)
    if (const auto bytes = fs::file_size(folder / name, absent); !absent)
      total += static_cast<int64_t>(bytes);
  return total;
}

/// @returns the bytes to decode when all of it is within what was asked for.
std::optional<int64_t> bytes_to_read(const formats::description& d,
                                     const inspection_request& what) {
  const auto stored = stored_bytes(d, what.file);
  const auto plausible = std::max(
    always_read, std::min(stored, INT64_MAX / largest_expansion) * largest_expansion);
  const auto allowed = std::min(what.measure_up_to, plausible);
  int64_t total = 0;
  for (auto& s : d.images) {
    const auto bytes = decoded_bytes(s);
    if (bytes > allowed - total)
      return std::nullopt;
    total += bytes;
  }
  return total;
}

void limit_histograms(inspection& found) {
  int32_t kept = 0;
  for (auto* all : {&found.measured, &found.estimated})
    for (auto& s : *all)
      for (auto& c : s.channels)
        if (++kept > most_histograms)
          c.bins = {};
}

} // namespace

inspection inspect_here(const inspection_request& what,
                        const std::function<void(double)>& progress) {
  const auto reader = formats::open(what.file);
  inspection result;
  result.what = reader->describe();
  if (result.what.files.empty())
    result.what.files = {what.file.filename().string()};
  measurer measure{*reader};
  int64_t done = 0;
  try {
    const auto total = bytes_to_read(result.what, what);
    auto count = [&](int64_t bytes) {
      done += bytes;
      progress(static_cast<double>(done) / static_cast<double>(*total));
    };
    for (int32_t i = 0; i < static_cast<int32_t>(result.what.images.size()); ++i) {
      if (total) {
        result.measured.push_back(measure.everything(i, count));
      } else {
        measure.probe(i);
        result.estimated.push_back(measure.middle_plane(i));
      }
    }
  } catch (const failure& e) {
    throw failure{e.code == errc::internal ? e.code : errc::unreadable,
                  what.file.filename().string() + ": " + e.what()};
  }
  limit_histograms(result);
  return result;
}

} // namespace troupe
