#include "storage/formats/tile_cache.hpp"

#include <chrono>

namespace troupe::formats {
namespace {

int64_t cost_of(const tile& t) {
  constexpr int64_t bookkeeping = 256;
  return static_cast<int64_t>(t.bytes.size()) + bookkeeping;
}

} // namespace

size_t tile_cache::hash::operator()(const key& k) const {
  auto out = k.fileset;
  for (auto part : {k.which.series, k.which.level, k.which.at.z, k.which.at.t,
                    k.which.group, k.which.column, k.which.row}) {
    out = (out ^ static_cast<uint32_t>(part)) * 0x9e3779b97f4a7c15u;
    out ^= out >> 32;
  }
  return out;
}

tile tile_cache::get(uint64_t fileset, const tile_id& which,
                     const std::function<tile()>& decode) {
  const key k{fileset, which};
  auto& s = shard_of(k);
  std::promise<tile> promise;
  {
    std::unique_lock lock{s.lock};
    if (const auto found = s.index.find(k); found != s.index.end()) {
      ++s.hits;
      s.entries.splice(s.entries.begin(), s.entries, found->second);
      return found->second->what;
    }
    if (const auto under_way = s.decoding.find(k); under_way != s.decoding.end()) {
      ++s.hits;
      const auto waits = under_way->second;
      lock.unlock();
      return waits.get();
    }
    ++s.misses;
    s.decoding.emplace(k, promise.get_future().share());
  }
  try {
    const auto begin = std::chrono::steady_clock::now();
    auto made = decode();
    decoding_us_ += std::chrono::duration_cast<std::chrono::microseconds>(
                      std::chrono::steady_clock::now() - begin)
                      .count();
    {
      const std::lock_guard lock{s.lock};
      s.decoding.erase(k);
      keep(s, k, made);
    }
    make_room(k);
    promise.set_value(made);
    return made;
  } catch (...) {
    {
      const std::lock_guard lock{s.lock};
      s.decoding.erase(k);
    }
    promise.set_exception(std::current_exception());
    throw;
  }
}

void tile_cache::keep(shard& s, const key& k, const tile& what) {
  s.entries.push_front({k, what});
  s.index[k] = s.entries.begin();
  bytes_ += cost_of(what);
}

/// Takes from the shards in turn, the oldest of each.
void tile_cache::make_room(const key& newest) {
  for (size_t empty = 0; bytes_ > limit_ && empty < shard_count;) {
    auto& s = shards_[next_victim_++ % shard_count];
    const std::lock_guard lock{s.lock};
    if (s.entries.empty() || s.entries.back().which == newest) {
      ++empty;
      continue;
    }
    empty = 0;
    bytes_ -= cost_of(s.entries.back().what);
    s.index.erase(s.entries.back().which);
    s.entries.pop_back();
  }
}

tile_cache::figures tile_cache::read() const {
  figures out;
  out.limit = limit_;
  out.bytes = bytes_;
  out.decoding_us = decoding_us_;
  for (auto& s : shards_) {
    const std::lock_guard lock{s.lock};
    out.hits += s.hits;
    out.misses += s.misses;
    out.entries += static_cast<int64_t>(s.entries.size());
  }
  return out;
}

} // namespace troupe::formats
