// What faces remember of a session that no domain object is: copied settings, jobs told
// of. In memory only, of the sessions that used it last.

#pragma once

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace troupe::http {

/// Thread-safe.
class session_notes {
public:
  static constexpr size_t most_sessions = 4096;
  static constexpr size_t most_bytes = 256 << 10; ///< of one session

  /// Replaces the note of that name; an empty text removes it.
  /// @throws failure{too_large} when the session's notes would not fit.
  void put(const std::string& token_hash, const std::string& name, std::string text);
  std::optional<std::string> get(const std::string& token_hash, const std::string& name);

private:
  struct entry {
    std::string token_hash;
    std::map<std::string, std::string> notes;
  };
  entry& latest(const std::string& token_hash);

  std::mutex mutex_;
  std::list<entry> entries_; ///< the one used last in front
  std::map<std::string, std::list<entry>::iterator> known_;
};

} // namespace troupe::http
