// Reads arrays that the server gives as OME-Zarr, chunk by chunk.

#pragma once

#include "tests/support/api.hpp"

#include <array>

namespace troupe::test {

/// Of `/zarr/v0.4/images/5.zarr/0`: its shape, and samples put together from its chunks.
struct zarr_reading {
  zarr_reading(api& who, const std::string& array);

  std::array<int64_t, 5> shape{}, chunk{}; ///< tczyx
  std::string type;                        ///< "<u2" or "uint16"
  bool sparse = false;                     ///< an absent chunk is zeros, no fault

  /// A whole plane, row by row. @throws std::runtime_error when a chunk is missing, has a
  /// wrong size, or has anything beyond the array's edge.
  std::string plane(int64_t t, int64_t c, int64_t z);

private:
  std::string chunk_bytes(const std::array<int64_t, 5>& at);

  api& who_;
  std::string array_, prefix_;
  size_t sample_ = 1;
};

} // namespace troupe::test
