// Tells listeners how the server is, as server-sent events: the whole once, then what
// changes, once a second.

#pragma once

#include "http/status_delta.hpp"
#include "http/web.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

namespace troupe::http {

/// Thread-safe.
class status_feed {
public:
  /// Each holds one of the gate's threads.
  static constexpr int most_listeners = 16;
  static constexpr size_t most_kept = 60; ///< deltas, for who comes back or is slow
  static constexpr std::chrono::seconds heartbeat{5};

  status_feed();

  /// @returns whether anybody listens or did a minute ago: else nothing need be told.
  bool is_wanted() const;
  /// The state of now and the second's figures, which go along with it.
  void tell(const nlohmann::json& whole, const nlohmann::json& sample);
  /// Nothing is told for a while: what comes next has nothing to differ from.
  void rest();
  /// Ends every stream: the server drains.
  void close();
  bool is_closed() const;

  /// Asked at every heartbeat: may the listener stay? An empty text lets it.
  using doorman = std::function<std::string()>;

  /// @param last_id  of the event the listener saw last; empty for a new one.
  /// @returns null when there are too many.
  std::shared_ptr<body_stream> listen(const std::string& last_id, doorman may_stay);

private:
  class listener;
  friend class listener;
  using clock = std::chrono::steady_clock;

  struct event {
    int64_t number = 0;
    std::string text;
  };
  /// What follows event `seen`, waiting for it; nothing when the time is over.
  /// @param seen  becomes the number of the last one returned.
  std::string next(int64_t& seen, clock::time_point until);
  std::string whole_event() const;
  std::string id_of(int64_t number) const;
  int64_t number_of(const std::string& id) const;

  const std::string run_; ///< numbers of another start of the server mean nothing
  mutable std::mutex mutex_;
  std::condition_variable news_;
  status_delta delta_;
  nlohmann::json sample_;
  std::deque<event> events_;
  int64_t number_ = 0;
  bool begun_ = false; ///< there is a whole to tell
  bool closed_ = false;
  int listeners_ = 0;
  clock::time_point left_{}; ///< when the last listener did
};

} // namespace troupe::http
