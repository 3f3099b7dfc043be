// Reading whole planes in bands, to learn their ranges and that they can be decoded.

#pragma once

#include "storage/inspect/inspection.hpp"

namespace troupe {

/// Bytes of all planes of an image at all levels, at most INT64_MAX.
int64_t decoded_bytes(const formats::series& s);

class measurer {
public:
  explicit measurer(formats::reader& reader) : reader_{reader} {}

  /// Reads every plane at every level. @returns ranges and
  /// histograms of level 0.
  /// @param progress  called with the bytes decoded since the last call.
  measured_series everything(int32_t series,
                             const std::function<void(int64_t)>& progress);
  /// Reads the first, middle and last block of every level.
  void probe(int32_t series);
  /// Ranges and histograms of the middle plane, none of them exact, at the smallest
  /// level. Of its middle block when even that level is large.
  measured_series middle_plane(int32_t series);

private:
  const formats::series& series_at(int32_t index) const;
  void read_plane(const formats::block& plane, derive::sample_counter* into,
                  const std::function<void(int64_t)>& progress);

  formats::reader& reader_;
};

} // namespace troupe
