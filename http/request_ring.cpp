#include "http/request_ring.hpp"

namespace troupe::http {

void request_ring::add(traced_request r) {
  std::lock_guard guard{mutex_};
  ring_.push_back(std::move(r));
  if (ring_.size() > most)
    ring_.pop_front();
}

std::optional<traced_request> request_ring::find(const std::string& id) const {
  std::lock_guard guard{mutex_};
  auto found = std::find_if(ring_.rbegin(), ring_.rend(),
                            [&](auto& r) { return r.trace->id() == id; });
  return found == ring_.rend() ? std::nullopt : std::optional{*found};
}

std::vector<traced_request> request_ring::latest(size_t count) const {
  std::lock_guard guard{mutex_};
  return {ring_.rbegin(),
          ring_.rbegin() + static_cast<ptrdiff_t>(std::min(count, ring_.size()))};
}

} // namespace troupe::http
