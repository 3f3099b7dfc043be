// libFuzzer's target for files of regions: what is read is written in every format.

#include "storage/failure.hpp"
#include "storage/regions/region_file.hpp"

using namespace troupe;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  regions::drawing d{"fuzzed", {64, 48, 3, 2, 2}, pixel_type::uint8, {}};
  try {
    d.rois =
      regions::read_regions({reinterpret_cast<const char*>(data), size}, d.size).rois;
  } catch (const failure&) {
    return 0; // refused
  }
  for (auto& format : regions::file_formats())
    try {
      format.write(d);
    } catch (const failure&) { // too large for that one
    }
  return 0;
}
