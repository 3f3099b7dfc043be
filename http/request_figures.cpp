#include "http/request_figures.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::http {

request_figures::scope::scope(request_figures& all) : all_{all} {
  std::lock_guard guard{all_.mutex_};
  ++all_.in_flight_;
}

request_figures::scope::~scope() {
  all_.note(*this, clock::now() - start_);
}

double request_figures::scope::seconds() const {
  return std::chrono::duration<double>(clock::now() - start_).count();
}

void request_figures::note(const scope& s, clock::duration took) {
  auto seconds = std::chrono::duration<double>(took).count();
  auto step = std::min<size_t>(
    steps - 1, static_cast<size_t>(std::max(0.0, std::log2(seconds * 1e6) * 4)));
  auto edge = std::lower_bound(edges.begin(), edges.end(), seconds) - edges.begin();
  auto at = now();
  std::lock_guard guard{mutex_};
  --in_flight_;
  ++total_;
  errors_ += s.status >= 500;
  ++counts_[{s.route, s.method, s.status}];
  ++durations_.buckets[static_cast<size_t>(edge)];
  durations_.sum += seconds;
  auto& slot = seconds_[static_cast<size_t>(at % window)];
  if (slot.at != at)
    slot = {at, 0, {}};
  ++slot.total;
  ++slot.took[step];
}

request_figures::summary request_figures::read() const {
  std::array<uint64_t, steps> took{};
  uint64_t n = 0;
  summary out;
  auto at = now();
  std::lock_guard guard{mutex_};
  for (auto& s : seconds_) {
    if (s.at < 0 || at - s.at >= window)
      continue;
    if (at - s.at > 0 && at - s.at <= 10)
      out.per_second += static_cast<double>(s.total) / 10;
    for (size_t i = 0; i < steps; ++i) {
      took[i] += s.took[i];
      n += s.took[i];
    }
  }
  auto percentile = [&](double p) {
    auto wanted = static_cast<uint64_t>(std::ceil(p * static_cast<double>(n)));
    uint64_t seen = 0;
    for (size_t i = 0; i < steps; ++i)
      if (seen += took[i]; seen >= wanted && seen > 0)
        return std::exp2(static_cast<double>(i + 1) / 4) / 1e6;
    return 0.0;
  };
  out.p50 = percentile(0.5);
  out.p99 = percentile(0.99);
  out.total = total_;
  out.in_flight = in_flight_;
  out.errors = errors_;
  return out;
}

std::map<request_figures::key, int64_t> request_figures::counts() const {
  std::lock_guard guard{mutex_};
  return counts_;
}

request_figures::histogram request_figures::durations() const {
  std::lock_guard guard{mutex_};
  return durations_;
}

} // namespace troupe::http
