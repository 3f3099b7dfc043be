#include "actors/housekeeping.hpp"

#include "storage/files/managed.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

using namespace std::chrono_literals;

constexpr auto round_every = 5s;
constexpr auto sweep_every = 10min;

struct housekeeping_state : room_state {
  static inline const char* name = "housekeeping";
  housekeeping_state() = default;
  database_actor database;
  std::filesystem::path data;
  std::chrono::steady_clock::time_point swept{};
  int64_t indexed = 0, removed = 0;
};
using housekeeping_pointer = housekeeping_actor::stateful_pointer<housekeeping_state>;

/// Asks; what fails is tried again in a later round.
template <class Q, class Then>
void try_ask(housekeeping_pointer self, Q q, Then then) {
  self->request(self->state.database, 60s, std::move(q))
    .then([then](typename Q::reply& r) { then(r); },
          [](const caf::error& e) { spdlog::warn("housekeeping: {}", to_string(e)); });
}

void index_words(housekeeping_pointer self) {
  try_ask(self, index_pending{}, [self](int32_t count) {
    self->state.indexed += count;
    if (count > 0)
      index_words(self);
  });
}

/// Only below these two folders, whatever a row says.
bool is_ours(const std::filesystem::path& path) {
  const auto tidy = path.lexically_normal().generic_string();
  return tidy.starts_with("originals/") || tidy.starts_with("cache/derived/");
}

void remove(const housekeeping_state& state, const doomed_file& doomed) {
  if (!is_ours(doomed.path))
    throw failure{errc::internal, doomed.path + " is no file of ours to remove"};
  std::filesystem::remove_all(state.data / doomed.path);
}

/// A file that cannot be removed stays on the list.
void remove_files(housekeeping_pointer self) {
  try_ask(self, list_doomed_files{}, [self](const doomed_files& doomed) {
    forget_doomed_files gone;
    for (auto& file : doomed.files) {
      try {
        remove(self->state, file);
        gone.ids.push_back(file.id);
      } catch (const std::exception& e) {
        spdlog::error("a deleted file stays: {}", e.what());
      }
    }
    if (gone.ids.empty())
      return;
    self->state.removed += static_cast<int64_t>(gone.ids.size());
    try_ask(self, std::move(gone), [self](const done&) { remove_files(self); });
  });
}

void sweep(housekeeping_pointer self) {
  const auto now = std::chrono::steady_clock::now();
  if (now - self->state.swept < sweep_every && self->state.swept.time_since_epoch() != 0s)
    return;
  self->state.swept = now;
  try_ask(self, purge_expired{}, [self](const done&) { remove_files(self); });
  try_ask(self, forget_jobs{}, [](const done&) {});
  try_ask(self, forget_shares{}, [](const done&) {});
}

housekeeping_actor::behavior_type housekeeping(housekeeping_pointer self,
                                               database_actor database,
                                               std::filesystem::path data) {
  self->state.database = std::move(database);
  self->state.data = std::move(data);
  caf::delayed_anon_send(housekeeping_actor{self}, round_every, keep_house{});
  return room_behavior(
    self,
    [self](status_report& r) {
      r.actors[0].gauges = {{"indexed", self->state.indexed},
                            {"removedFiles", self->state.removed}};
    },
    [self](const keep_house& m) {
      caf::delayed_anon_send(housekeeping_actor{self}, round_every, m);
      index_words(self);
      sweep(self);
      return done{};
    });
}

} // namespace

room_actor start_housekeeping(start_context& at) {
  // Detached: it removes files.
  return at.offer(at.system.spawn<caf::detached>(
    housekeeping, at.find<database_actor>(), managed_directory{at.config.data}.root()));
}

} // namespace troupe
