#include "actors/repository.hpp"

#include "storage/files/managed.hpp"

namespace troupe {

namespace {

struct repository_state : room_state {
  static inline const char* name = "repository";
  repository_state() = default;
  database_actor database;
  std::unique_ptr<managed_directory> files;
  int64_t asked = 0;
};
using repository_pointer = repository_actor::stateful_pointer<repository_state>;

/// The database answers the asker itself.
template <class Q>
auto from_database(repository_pointer self) {
  return [self](const Q& q) {
    ++self->state.asked;
    return self->delegate(self->state.database, q);
  };
}

int64_t free_bytes(const repository_state& state) {
  std::error_code error;
  auto room = std::filesystem::space(state.files->root(), error);
  return error ? 0 : static_cast<int64_t>(room.available);
}

storage_health look(const repository_state& state) {
  state.files->check_writable();
  return {free_bytes(state)};
}

repository_actor::behavior_type
repository(repository_pointer self, database_actor database, std::filesystem::path data) {
  self->state.database = std::move(database);
  self->state.files = std::make_unique<managed_directory>(std::move(data));
  auto describe = [self](status_report& r) {
    r.actors[0].gauges = {{"asked", self->state.asked},
                          {"freeBytes", free_bytes(self->state)}};
  };
  return room_behavior(
    self, describe, from_database<inquiry>(self), from_database<grant_image>(self),
    from_database<find_settings>(self), from_database<save_settings>(self),
    from_database<reset_settings>(self), from_database<paste_settings>(self),
    [self](const check_storage&) { return look(self->state); });
}

} // namespace

room_actor start_repository(start_context& at) {
  // Detached: it looks at the disk.
  return at.offer(at.system.spawn<caf::detached>(repository, at.find<database_actor>(),
                                                 at.config.data));
}

} // namespace troupe
