// How one status differs from what was told before, in few bytes.

#pragma once

#include <nlohmann/json.hpp>

#include <map>
#include <string>

namespace troupe::http {

/// Remembers what the listeners know. Small changes come at once, and while there is not
/// room for all, those that wait longest come first: a second of a thousand busy actors
/// is told within the next ones.
class status_delta {
public:
  /// Bytes for actors in one delta.
  static constexpr size_t room = 14'000;

  /// What a new listener is told first.
  const nlohmann::json& known() const { return known_; }
  void start(nlohmann::json whole);

  /// @returns {"at", members that changed, "actors": [{"name", fields that changed}],
  ///          "gone": [names]}; a new actor comes with all fields.
  /// An actor's uptime is told only when it was started anew: it goes on by itself.
  nlohmann::json next(const nlohmann::json& whole);

private:
  std::map<std::string, int64_t> put_off_; ///< actors, and since how many deltas
  nlohmann::json known_;
};

} // namespace troupe::http
