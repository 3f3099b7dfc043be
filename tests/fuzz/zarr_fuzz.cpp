// libFuzzer's target for OME-Zarr: a folder of one image, whose attributes, array and
// first chunk are the input's parts between zero bytes.

#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/formats/ome_zarr.hpp"
#include "storage/formats/reader.hpp"
#include "tests/fuzz/scratch.hpp"

#include <algorithm>
#include <array>

using namespace troupe;
using namespace troupe::test;

namespace {

/// Keys of the first chunk, of arrays of 2, 3 and 5 axes, in Zarr 2 and 3.
constexpr std::array chunks{"0/0.0", "0/0/0", "0/0.0.0", "0/0.0.0.0.0", "0/c/0/0"};

/// They are one file of many names.
void make_chunks() {
  for (auto folder : {"0/0", "0/c/0"})
    std::filesystem::create_directories(scratch() / folder);
  put("chunk", "");
  for (auto name : chunks)
    std::filesystem::create_hard_link(scratch() / "chunk", scratch() / name);
}

/// Cuts what comes before the next zero byte off the input.
std::string_view next_part(std::string_view& input) {
  const auto end = std::min(input.find('\0'), input.size());
  const auto part = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return part;
}

/// Metadata of Zarr 3 say what they are of.
void put_metadata(std::string_view text, const char* zarr2, const char* zarr3) {
  const auto is_3 = text.find("node_type") != std::string_view::npos;
  std::filesystem::remove(scratch() / (is_3 ? zarr2 : zarr3));
  put(is_3 ? zarr3 : zarr2, text);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view input{reinterpret_cast<const char*>(data), size};
  [[maybe_unused]] static const auto made = (make_chunks(), true);
  put_metadata(next_part(input), ".zattrs", "zarr.json");
  put_metadata(next_part(input), "0/.zarray", "0/zarr.json");
  put("chunk", input);
  try {
    formats::fileset_reader reader{formats::parse_ome_zarr(scratch())};
    const auto& s = reader.describe().images.front();
    reader.read({0, 0, {}, {0}, {0, 0, std::min(64, s.size.x), std::min(64, s.size.y)}});
  } catch (const failure&) {
    return 0; // refused
  }
  return 0;
}
