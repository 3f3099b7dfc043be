#include "http/session_notes.hpp"

#include "storage/failure.hpp"

namespace troupe::http {

session_notes::entry& session_notes::latest(const std::string& token_hash) {
  if (auto found = known_.find(token_hash); found != known_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
    return entries_.front();
  }
  if (entries_.size() == most_sessions) {
    known_.erase(entries_.back().token_hash);
    entries_.pop_back();
  }
  entries_.push_front({token_hash, {}});
  known_[token_hash] = entries_.begin();
  return entries_.front();
}

void session_notes::put(const std::string& token_hash, const std::string& name,
                        std::string text) {
  std::lock_guard guard{mutex_};
  auto& notes = latest(token_hash).notes;
  notes.erase(name);
  size_t bytes = text.size();
  for (auto& n : notes)
    bytes += n.second.size();
  if (bytes > most_bytes)
    throw failure{errc::too_large, "too much to remember for this session"};
  if (!text.empty())
    notes[name] = std::move(text);
}

std::optional<std::string> session_notes::get(const std::string& token_hash,
                                              const std::string& name) {
  std::lock_guard guard{mutex_};
  auto found = known_.find(token_hash);
  if (found == known_.end())
    return std::nullopt;
  auto note = found->second->notes.find(name);
  return note == found->second->notes.end() ? std::nullopt : std::optional{note->second};
}

} // namespace troupe::http
