// Decoded tiles that all threads of the process share: decoded once, kept while there is
// room, those used least lately the first to go.

#pragma once

#include "storage/formats/fileset.hpp"

#include <array>
#include <atomic>
#include <functional>
#include <future>
#include <list>
#include <mutex>
#include <unordered_map>

namespace troupe::formats {

class tile_cache {
public:
  /// @param limit  bytes; the tile decoded last stays, however large it is.
  explicit tile_cache(int64_t limit) : limit_{limit} {}

  /// The tile from the cache, else from `decode`; threads that ask for the same tile at
  /// the same time wait for one of them. @throws what `decode` throws.
  tile get(uint64_t fileset, const tile_id& which, const std::function<tile()>& decode);

  struct figures {
    int64_t hits = 0, misses = 0, bytes = 0, entries = 0, limit = 0;
    int64_t decoding_us = 0; ///< all decoding so far
  };
  figures read() const;

private:
  struct key {
    uint64_t fileset = 0;
    tile_id which;
    bool operator==(const key&) const = default;
  };
  struct hash {
    size_t operator()(const key& k) const;
  };
  struct entry {
    key which;
    tile what;
  };
  /// Part of the cache, so that threads seldom wait for each other.
  struct shard {
    mutable std::mutex lock;
    std::list<entry> entries; // most recent first
    std::unordered_map<key, std::list<entry>::iterator, hash> index;
    std::unordered_map<key, std::shared_future<tile>, hash> decoding;
    int64_t hits = 0, misses = 0;
  };
  static constexpr size_t shard_count = 16;

  shard& shard_of(const key& k) { return shards_[hash{}(k) % shard_count]; }
  void keep(shard& s, const key& k, const tile& what);
  void make_room(const key& newest);

  int64_t limit_;
  std::atomic<int64_t> bytes_{0}, decoding_us_{0};
  std::atomic<size_t> next_victim_{0};
  std::array<shard, shard_count> shards_;
};

} // namespace troupe::formats
