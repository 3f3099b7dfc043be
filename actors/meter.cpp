#include "actors/meter.hpp"

#include <algorithm>
#include <cmath>

namespace troupe {

void meter::note(clock::duration took, bool failed) {
  auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(took).count();
  auto octaves = std::log2(std::max(1.0, static_cast<double>(ns) / 1000));
  auto bucket = std::min(buckets - 1, static_cast<size_t>(octaves * 4));
  histogram_[bucket].fetch_add(1, std::memory_order_relaxed);
  total_ns_ += ns;
  errors_ += failed;
  ++handled_;
  waiting_ = std::max<int64_t>(0, waiting_ - 1);
  busy_ = false;
}

meter::figures meter::read() const {
  figures f;
  f.handled = handled_;
  f.errors = errors_;
  f.waiting = waiting_;
  f.busy = busy_;
  f.uptime = std::chrono::duration<double>(clock::now() - born_).count();
  if (f.handled == 0)
    return f;
  f.mean = static_cast<double>(total_ns_) / 1e9 / static_cast<double>(f.handled);
  auto left = f.handled - f.handled * 99 / 100; // samples above the percentile
  for (size_t i = buckets; i-- > 0;) {
    left -= histogram_[i];
    if (left <= 0) {
      f.p99 = std::exp2(static_cast<double>(i + 1) / 4) / 1e6; // upper edge of the bucket
      break;
    }
  }
  return f;
}

} // namespace troupe
