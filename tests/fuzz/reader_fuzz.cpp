// libFuzzer's target for one format: parse a file, read the corners of what it declares.
// Refusals are answers; anything else a stranger's bytes cause is a finding.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/reader.hpp"
#include "tests/fuzz/scratch.hpp"

#include <algorithm>
#include <cstring>

using namespace troupe;

extern const char* const fuzzed_format; ///< its name in formats::all

namespace {

constexpr int32_t side = 256; ///< of the regions that are read
constexpr size_t images_looked_at = 4;

const formats::format& under_test() {
  for (auto& f : formats::all)
    if (std::strcmp(f.name, fuzzed_format) == 0)
      return f;
  std::abort(); // the build names a format that is not listed
}

void read_corner(formats::fileset_reader& reader, int32_t series, int32_t level,
                 bool last) {
  const auto& s = reader.describe().images[static_cast<size_t>(series)];
  const auto size = s.levels[static_cast<size_t>(level)];
  const region first{0, 0, std::min(side, size.width), std::min(side, size.height)};
  const region end{size.width - first.width, size.height - first.height, first.width,
                   first.height};
  const plane_index at{last ? s.size.z - 1 : 0, last ? s.size.t - 1 : 0};
  try {
    reader.read({series, level, at, {last ? s.size.c - 1 : 0}, last ? end : first});
    reader.stored_jpeg({.series = series, .level = level, .at = at});
  } catch (const failure&) {
    return; // refused
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  test::put("fuzzed", {reinterpret_cast<const char*>(data), size});
  const auto file = test::scratch() / "fuzzed";
  const auto& format = under_test();
  if (!format.detect({file, false, {data, std::min<size_t>(size, 4096)}}))
    return 0;
  try {
    formats::fileset_reader reader{format.parse(file)};
    const auto images = std::min(reader.describe().images.size(), images_looked_at);
    for (size_t i = 0; i < images; ++i)
      for (size_t level = 0; level < reader.describe().images[i].levels.size(); ++level)
        for (auto last : {false, true})
          read_corner(reader, static_cast<int32_t>(i), static_cast<int32_t>(level), last);
  } catch (const failure&) {
    return 0; // refused
  }
  return 0;
}
