#include "actors/pyramids.hpp"

#include "actors/pyramid_worker.hpp"
#include "actors/work_lock.hpp"
#include "storage/derive/build.hpp"
#include "storage/derive/pyramid_fileset.hpp"

#include <set>

namespace troupe {

namespace {

using namespace std::chrono_literals;

constexpr auto patrol_every = 10s;

/// The server itself: sees and does everything.
const viewer server = the_server();

struct pyramids_state : room_state {
  static inline const char* name = "pyramids";
  pyramids_state() = default;
  ~pyramids_state() {
    for (auto& [image, p] : running)
      p->halt = true;
  }
  using self_type = pyramids_actor::stateful_base<pyramids_state>;
  database_actor database;
  std::filesystem::path data;
  std::unique_ptr<dispatcher<self_type, build_pyramid>> queue;
  std::map<int64_t, std::shared_ptr<pyramid_progress>> running; ///< by image
  std::set<int64_t> unwanted; ///< of these: to be removed as soon as they end
};
using pyramids_pointer = pyramids_actor::stateful_pointer<pyramids_state>;

std::filesystem::path folder_of(const pyramids_state& state, int64_t image) {
  return state.data / managed_directory::derived_folder(image);
}

void look_again(pyramids_pointer self, std::chrono::seconds later) {
  caf::delayed_anon_send(pyramids_actor{self}, later, look_for_pyramids{});
}

/// Puts what is to be made in the queue, each image once.
void queue_jobs(pyramids_pointer self) {
  self->request(self->state.database, 30s, pending_pyramids{})
    .then(
      [self](const std::vector<pyramid_job>& jobs) {
        for (auto& job : jobs) {
          auto& progress = self->state.running[job.image];
          if (progress)
            continue;
          progress = std::make_shared<pyramid_progress>();
          self->state.queue->post({job, progress, {}},
                                  [self, id = job.image](const caf::expected<done>& r) {
                                    self->state.running.erase(id);
                                    if (self->state.unwanted.erase(id))
                                      derive::remove(folder_of(self->state, id));
                                    if (!r) // stopped, or the database was away
                                      look_again(self, 5s);
                                  });
        }
      },
      [self](const caf::error&) { look_again(self, 5s); });
}

/// The cache folder may be emptied at any time.
void replace_lost(pyramids_pointer self,
                  std::function<bool(const std::filesystem::path&)> is_good) {
  self->request(self->state.database, 30s, list_pyramids{})
    .then(
      [self, is_good](const std::vector<int64_t>& images) {
        for (auto image : images)
          if (!is_good(folder_of(self->state, image)))
            self
              ->request(self->state.database, 30s,
                        drop_pyramid{.who = server, .image = image, .again = true})
              .then([self](const done&) { queue_jobs(self); }, [](const caf::error&) {});
      },
      [](const caf::error&) {}); // queue_jobs() tries again
}

caf::result<done> remove(pyramids_pointer self, const remove_pyramid& m) {
  if (!m.who.may(privilege::delete_managed_repo))
    throw failure{errc::denied, "for administrators only"};
  auto& state = self->state;
  reply<done> promise{self};
  self->request(state.database, 30s, drop_pyramid{m.who, m.image, m.again})
    .then(
      [self, m, promise](const done&) {
        if (auto i = self->state.running.find(m.image); i != self->state.running.end()) {
          i->second->halt = true;
          self->state.unwanted.insert(m.image);
        } else {
          derive::remove(folder_of(self->state, m.image));
        }
        queue_jobs(self);
        promise.deliver({});
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
  return promise.promise();
}

void describe(const pyramids_state& state, status_report& r) {
  state.queue->describe(r);
  for (auto& [image, p] : state.running)
    if (p->fraction > 0)
      r.actors[0].gauges["percent"] = static_cast<int64_t>(100 * p->fraction);
}

pyramids_actor::behavior_type pyramids(pyramids_pointer self, database_actor database,
                                       const configuration& config) {
  auto& state = self->state;
  state.database = database;
  state.data = managed_directory{config.data}.root();
  state.queue = std::make_unique<dispatcher<pyramids_state::self_type, build_pyramid>>(
    self,
    dispatcher_plan{"pyramid-worker", 1, static_cast<size_t>(config.queue_limit) * 16,
                    48h, true},
    [database, data = state.data](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(pyramid_worker, std::move(counted),
                                                  database, data);
    });
  watch_workers(self, [self] { return self->state.queue.get(); });
  look_again(self, 0s);
  caf::delayed_anon_send(pyramids_actor{self}, patrol_every, patrol_pyramids{});
  return room_behavior(
    self, [self](status_report& r) { describe(self->state, r); },
    [self](const look_for_pyramids&) {
      queue_jobs(self);
      replace_lost(self,
                   [](auto& folder) { return derive::read_meta(folder).has_value(); });
      return done{};
    },
    [self](const patrol_pyramids& m) {
      caf::delayed_anon_send(pyramids_actor{self}, patrol_every, m);
      replace_lost(self,
                   [](auto& folder) { return derive::identity(folder).has_value(); });
      return done{};
    },
    [self](const remove_pyramid& m) { return remove(self, m); });
}

} // namespace

room_actor start_pyramids(start_context& at) {
  // Detached: it looks at the disk.
  return at.offer(
    at.system.spawn<caf::detached>(pyramids, at.find<database_actor>(), at.config));
}

} // namespace troupe
