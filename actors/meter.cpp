#include "actors/meter.hpp"

#include "actors/errand.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cxxabi.h>

namespace troupe {

namespace {

double in_seconds(meter::clock::duration d) {
  return std::chrono::duration<double>(d).count();
}

template <class T>
void keep(std::deque<T>& in, T what, size_t most) {
  if (in.size() == most)
    in.pop_front();
  in.push_back(std::move(what));
}

} // namespace

std::string name_of_type(const char* raw) {
  int status = 0;
  std::unique_ptr<char, decltype(&std::free)> plain{
    abi::__cxa_demangle(raw, nullptr, nullptr, &status), &std::free};
  std::string name = status == 0 ? plain.get() : raw;
  for (const std::string_view space : {"troupe::", "http::"})
    for (size_t at = 0; (at = name.find(space, at)) != name.npos;)
      name.erase(at, space.size());
  return name;
}

meter::scope::scope(meter& m, size_t waiting, const char* message, trace_ptr request)
  : meter_{m},
    message_{message},
    request_{std::move(request)} {
  m.begin(*this, waiting);
}

meter::scope::~scope() {
  meter_.note(*this, clock::now() - start_);
}

void meter::begin(const scope& s, size_t waiting) {
  waiting_ = static_cast<int64_t>(waiting);
  std::lock_guard guard{mutex_};
  now_ = &s;
}

void meter::note(scope& s, clock::duration took) {
  auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(took).count();
  auto octaves = std::log2(std::max(1.0, static_cast<double>(ns) / 1000));
  auto bucket = std::min(buckets - 1, static_cast<size_t>(octaves * 4));
  histogram_[bucket].fetch_add(1, std::memory_order_relaxed);
  total_ns_ += ns;
  errors_ += s.failed;
  ++handled_;
  waiting_ = std::max<int64_t>(0, waiting_ - 1);
  auto took_ms = std::chrono::duration_cast<std::chrono::milliseconds>(took).count();
  if (s.why_.size() > most_words)
    s.why_.resize(most_words);
  kept entry{s.message_, s.request_, now_ms() - took_ms, took, s.failed, s.why_};
  std::lock_guard guard{mutex_};
  now_ = nullptr;
  auto& all = sums_[s.message_];
  ++all.handled;
  all.errors += s.failed;
  all.all += took;
  all.longest = std::max(all.longest, took);
  if (s.failed)
    keep(troubles_, entry, most_troubles);
  keep(latest_, std::move(entry), most_latest);
}

meter::figures meter::read() const {
  figures f;
  f.handled = handled_;
  f.errors = errors_;
  f.waiting = waiting_;
  f.uptime = in_seconds(clock::now() - born_);
  {
    std::lock_guard guard{mutex_};
    f.busy = now_ != nullptr;
    if (now_) {
      f.message = name_of_type(now_->message_);
      f.request = now_->request_ ? now_->request_->id() : "";
      f.busy_for = in_seconds(clock::now() - now_->start_);
    }
  }
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

meter::handled_message meter::told(const kept& k) {
  return {name_of_type(k.message), k.request ? k.request->id() : "", k.at_ms,
          in_seconds(k.took), k.failed && k.why.empty() ? "failed" : k.why};
}

meter::details meter::look() const {
  details out;
  std::lock_guard guard{mutex_};
  for (auto& [message, s] : sums_)
    out.tallies.push_back({name_of_type(message), s.handled, s.errors,
                           in_seconds(s.all) / static_cast<double>(s.handled),
                           in_seconds(s.longest)});
  auto cost = [](const tally& t) { return t.mean * static_cast<double>(t.handled); };
  std::sort(out.tallies.begin(), out.tallies.end(),
            [&](auto& a, auto& b) { return cost(a) > cost(b); });
  std::transform(latest_.rbegin(), latest_.rend(), std::back_inserter(out.latest), told);
  std::transform(troubles_.rbegin(), troubles_.rend(), std::back_inserter(out.troubles),
                 told);
  return out;
}

} // namespace troupe
