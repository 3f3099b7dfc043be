// libFuzzer's target for OME-Zarr: a folder of one image, whose attributes, array and
// chunk are the input's parts between zero bytes.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/ome_zarr.hpp"
#include "storage/formats/reader.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>

using namespace troupe;

namespace {

/// On a disk of memory, and there until the process ends.
const std::filesystem::path& folder() {
  static const std::filesystem::path made = [] {
    std::string pattern = "/dev/shm/troupe-fuzz-XXXXXX";
    if (!::mkdtemp(pattern.data()))
      std::abort();
    std::filesystem::create_directory(pattern + "/0");
    return pattern;
  }();
  return made;
}

/// Cuts what comes before the next zero byte off the input.
std::string_view next_part(std::string_view& input) {
  const auto end = std::min(input.find('\0'), input.size());
  const auto part = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return part;
}

void put(const char* name, std::string_view text) {
  std::ofstream{folder() / name, std::ios::binary} << text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view input{reinterpret_cast<const char*>(data), size};
  put(".zattrs", next_part(input));
  put("0/.zarray", next_part(input));
  put("0/0.0", input);
  try {
    formats::fileset_reader reader{formats::parse_ome_zarr(folder())};
    const auto& s = reader.describe().images.front();
    reader.read({0, 0, {}, {0}, {0, 0, std::min(64, s.size.x), std::min(64, s.size.y)}});
  } catch (const failure&) {
    return 0; // refused
  }
  return 0;
}
