#include "http/request_figures.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

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

double request_figures::percentile(const durations_taken& took, double p) {
  const auto n = std::accumulate(took.begin(), took.end(), uint64_t{0});
  auto wanted = static_cast<uint64_t>(std::ceil(p * static_cast<double>(n)));
  uint64_t seen = 0;
  for (size_t i = 0; i < steps; ++i)
    if (seen += took[i]; seen >= wanted && seen > 0)
      return std::exp2(static_cast<double>(i + 1) / 4) / 1e6;
  return 0.0;
}

request_figures::summary request_figures::read() const {
  durations_taken took{};
  summary out;
  auto at = now();
  {
    std::lock_guard guard{mutex_};
    for (auto& s : seconds_) {
      if (s.at < 0 || at - s.at >= window)
        continue;
      if (at - s.at > 0 && at - s.at <= 10)
        out.per_second += static_cast<double>(s.total) / 10;
      std::transform(took.begin(), took.end(), s.took.begin(), took.begin(), std::plus{});
    }
    out.total = total_;
    out.in_flight = in_flight_;
    out.errors = errors_;
  }
  out.p50 = percentile(took, 0.5);
  out.p95 = percentile(took, 0.95);
  out.p99 = percentile(took, 0.99);
  return out;
}

request_figures::stretch request_figures::last(int64_t seconds) const {
  durations_taken took{};
  stretch out;
  auto at = now();
  {
    std::lock_guard guard{mutex_};
    for (auto& s : seconds_) {
      if (s.at < 0 || s.at >= at || at - s.at > seconds)
        continue;
      out.per_second += static_cast<double>(s.total) / static_cast<double>(seconds);
      std::transform(took.begin(), took.end(), s.took.begin(), took.begin(), std::plus{});
    }
  }
  out.p50 = percentile(took, 0.5);
  out.p95 = percentile(took, 0.95);
  out.p99 = percentile(took, 0.99);
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
