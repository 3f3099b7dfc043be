// What the server learns about a stranger's file, and how: in a child process that may
// crash, hang or eat memory without harm.

#pragma once

#include "storage/derive/statistics.hpp"
#include "storage/formats/reader.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

namespace troupe {

/// What reading the samples of a file gave.
struct channel_range {
  double min = 0, max = 0;
  derive::histogram bins = {}; ///< no counts: not known
};
/// A channel without a finite sample is flat.
channel_range range_of(derive::channel_statistics seen);

/// Of a fileset: channels beyond them go without a histogram, which is 2 KB each.
constexpr int32_t most_histograms = 4096;
struct measured_series {
  std::vector<channel_range> channels; ///< empty when not measured
};

struct inspection {
  formats::description what;
  /// One entry per series when every plane was read, else empty. After a derivation the
  /// entries of other series are empty, and all when the image had levels before.
  std::vector<measured_series> measured;
  /// The middle plane's ranges of what was not measured: good enough for a first view.
  std::vector<measured_series> estimated;
};

/// A pyramid to be made while the samples of one image are read.
struct derivation {
  int32_t series = 0;
  std::filesystem::path folder; ///< see derive::build_request
  int64_t most_bytes = 0;       ///< of the file it may write
};

struct inspection_request {
  std::filesystem::path file; ///< any file of a fileset, or its folder
  /// Read every plane when all of them together take at most this many bytes;
  /// otherwise only a probe: the first, middle and last block of every series.
  int64_t measure_up_to = INT64_MAX;
  /// Instead: read every plane of this image, and only of it.
  std::optional<derivation> derive = {};
  std::chrono::seconds deadline{600};
  int64_t memory_limit = int64_t{2} << 30; ///< address space of the child, bytes
};

/// Runs `troupe inspect --child` on the file and waits for its answer.
/// @param cancelled  looked at ten times a second; true kills the child.
/// @param progress  called with 0..1 as planes are read.
/// @throws formats::no_image when no reader takes it; failure{unreadable}
///         "<file name>: <reason>" when a reader breaks on it, crashes, exceeds memory or
///         the deadline; failure{gone} when cancelled.
inspection inspect_in_child(const inspection_request& what,
                            const std::atomic<bool>& cancelled,
                            const std::function<void(double)>& progress);

/// The child's side: limits itself, reads, writes JSON lines to stdout. @returns exit
/// code.
int inspect_child_main(const inspection_request& what);

/// The same work in this process, for `troupe inspect FILE` and tests.
inspection inspect_here(const inspection_request& what,
                        const std::function<void(double)>& progress);

} // namespace troupe
