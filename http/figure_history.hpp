// What the server did over the last day, in two rings: a quarter of an hour by the
// second, a day by ten seconds.

#pragma once

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <mutex>

namespace troupe::http {

/// The figures of one second, in the order of `names`; NaN where nothing was measured.
struct figure_sample {
  enum column : size_t {
    requests,   ///< a second
    p50,        ///< s, as are
    p95,        //
    p99,        //
    render,     ///< mean of a picture
    decode,     ///< mean of a tile
    queue_age,  ///< of the oldest job that waits
    upload,     ///< bytes a second
    cache_hits, ///< of decoded tiles, 0 to 1
    cpu,        ///< cores
    memory,     ///< bytes
    mailbox,    ///< messages waiting, all actors
    columns
  };
  static constexpr std::array<const char*, columns> names{
    "requests", "p50",    "p95",       "p99", "render", "decode",
    "queueAge", "upload", "cacheHits", "cpu", "memory", "mailbox"};

  int64_t at_ms = 0; ///< since 1970
  std::array<double, columns> values{};
};

/// {at, requests, p50 ...}: one number, or null, each.
nlohmann::json json_of(const figure_sample& s);

/// Thread-safe.
class figure_history {
public:
  static constexpr size_t seconds = 15 * 60, tens = 24 * 360;

  /// Once a second. Ten make one of the day's; of waiting the longest counts, of
  /// everything else the mean.
  void add(const figure_sample& s);

  /// @param step   1 or 10 s.
  /// @param since  ms since 1970: only what is later.
  /// @returns an array for each column, and the times.
  nlohmann::json read(int step, int64_t since) const;

private:
  mutable std::mutex mutex_;
  std::deque<figure_sample> seconds_, tens_;
  std::deque<figure_sample> lately_; ///< since the last of the tens
};

} // namespace troupe::http
