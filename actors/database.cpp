#include "actors/database.hpp"

#include "schema/connection.hpp"
#include "schema/migrate.hpp"

#include <thread>

namespace troupe {

namespace {

using namespace std::chrono_literals;

using connection_actor = database_queries::actor<>;

/// What front and connection both see: how many questions wait there.
struct connection_load {
  std::atomic<int64_t> waiting{0};
  std::atomic<bool> connected{false};
};
using load_ptr = std::shared_ptr<connection_load>;

struct connection_state : room_state {
  static inline const char* name = "connection";
  connection_state() = default;
  connection_options how;
  bool writer = false;
  load_ptr load;
  std::unique_ptr<soci::session> sql; ///< null while the database is away
  std::chrono::steady_clock::time_point retry_at{};

  /// @throws failure{unavailable}; at most one attempt in half a second.
  soci::session& session() {
    if (sql)
      return *sql;
    if (std::chrono::steady_clock::now() < retry_at)
      throw failure{errc::unavailable, "the database does not answer"};
    retry_at = std::chrono::steady_clock::now() + 500ms;
    auto fresh = std::make_unique<soci::session>();
    connect(*fresh, how);
    if (writer)
      claim(*fresh);
    retry_at = {};
    sql = std::move(fresh);
    load->connected = true;
    return *sql;
  }

  void drop() {
    sql.reset();
    load->connected = false;
  }

private:
  /// The connection of an earlier incarnation may take a moment to let go.
  static void claim(soci::session& fresh) {
    for (int attempt = 0; attempt < 50; ++attempt) {
      if (claim_database(fresh))
        return;
      std::this_thread::sleep_for(100ms);
    }
    throw failure{errc::unavailable, "another troupe server uses this database"};
  }
};
using connection_pointer = connection_actor::stateful_pointer<connection_state>;

template <class Q>
bool writes(const Q& q) {
  if constexpr (std::is_same_v<Q, inquiry>)
    return q.what->writes();
  else
    return Q::writes;
}

/// Who comes by a share sees only what it shows, whatever the query.
template <class Q>
void narrow(soci::session& sql, const Q& q) {
  if constexpr (requires { q.who.share; })
    if (q.who.share != 0)
      look_through_share(sql, q.who.share);
}

/// Runs `q` in a transaction. What only reads is tried again on a fresh connection when
/// the old one was lost; what writes is not: the loss may have come after the commit.
template <class Q>
typename Q::reply answer(connection_state& state, const Q& q) {
  for (int attempt = 1;; ++attempt) {
    auto& sql = state.session();
    try {
      soci::transaction scope{sql};
      narrow(sql, q);
      if constexpr (std::is_same_v<typename Q::reply, done>) {
        run(sql, q);
        scope.commit();
        return {};
      } else {
        auto reply = run(sql, q);
        scope.commit();
        return reply;
      }
    } catch (const failure&) {
      if (!is_alive(sql))
        state.drop();
      throw;
    } catch (const std::exception& e) {
      if (is_alive(sql)) {
        if (is_retryable(e) && attempt < 4)
          continue;
        rethrow_as_failure(sql);
      }
      state.drop();
      if (writes(q) || attempt > 1)
        throw failure{errc::unavailable, "the connection to the database was lost"};
      state.retry_at = {};
    }
  }
}

template <class Q>
auto answers(connection_pointer self) {
  return detail::measured(self, [self](const Q& q) -> caf::result<typename Q::reply> {
    auto load = self->state.load;
    struct leave {
      connection_load& load;
      ~leave() { --load.waiting; }
    } at_end{*load};
    return answer(self->state, q);
  });
}

connection_actor::behavior_type connection(connection_pointer self, meter_ptr counted,
                                           const std::string& uri, bool writer,
                                           load_ptr load) {
  self->state.counted = std::move(counted);
  self->state.how.uri = uri;
  self->state.writer = writer;
  self->state.load = std::move(load);
  try {
    self->state.session(); // the writer's claim on the database begins with its life
  } catch (const std::exception&) {
    // Not there now: the next question tries again.
  }
  return database_queries::expand(
    [self]<class Q> { return answers<Q>(self); },
    [](auto... all) { return connection_actor::behavior_type{std::move(all)...}; });
}

} // namespace
} // namespace troupe

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(troupe::load_ptr)

namespace troupe {
namespace {

struct database_state : room_state {
  static inline const char* name = "database";
  database_state() = default;
  struct slot {
    connection_actor handle;
    meter_ptr counted;
    load_ptr load;
    int64_t restarts = 0;
  };
  ~database_state() {
    for (auto& s : slots)
      caf::anon_send_exit(s.handle, caf::exit_reason::kill);
  }
  std::string uri;
  std::vector<slot> slots; ///< the first one writes
};
using database_pointer = database_actor::stateful_pointer<database_state>;

constexpr int64_t most_waiting = 512; ///< questions on one connection

void open_slot(database_pointer self, size_t i) {
  auto& s = self->state.slots[i];
  s.counted = std::make_shared<meter>();
  s.load = std::make_shared<connection_load>();
  s.handle =
    self->spawn<caf::detached>(connection, s.counted, self->state.uri, i == 0, s.load);
  self->monitor(s.handle);
}

/// The writer for what writes, else the reader with the shortest queue.
database_state::slot& slot_for(database_state& state, bool writing) {
  if (writing)
    return state.slots[0];
  return *std::min_element(
    state.slots.begin() + 1, state.slots.end(),
    [](auto& a, auto& b) { return a.load->waiting < b.load->waiting; });
}

template <class Q>
auto hands_on(database_pointer self) {
  return [self](const Q& q) -> caf::result<typename Q::reply> {
    auto& s = slot_for(self->state, writes(q));
    if (s.load->waiting >= most_waiting)
      return caf::make_error(errc::unavailable, std::string{"the database is busy"});
    ++s.load->waiting;
    return self->delegate(s.handle, q);
  };
}

void describe(const database_state& state, status_report& r) {
  int64_t waiting = 0, connected = 0, busy = 0, statements = 0;
  for (size_t i = 0; i < state.slots.size(); ++i) {
    auto& s = state.slots[i];
    auto f =
      figures_of(i == 0 ? "connection-writer" : "connection-reader-" + std::to_string(i),
                 "connection", "database", *s.counted);
    f.mailbox = std::max<int64_t>(0, s.load->waiting - (f.state == "busy"));
    f.restarts = s.restarts;
    waiting += f.mailbox;
    connected += s.load->connected;
    busy += f.state == "busy";
    statements += f.handled;
    r.actors.push_back(std::move(f));
  }
  r.actors[0].gauges = {{"pool", static_cast<int64_t>(state.slots.size())},
                        {"connected", connected},
                        {"inUse", busy},
                        {"waiting", waiting},
                        {"statements", statements}};
}

database_actor::behavior_type database(database_pointer self, const std::string& uri,
                                       size_t readers) {
  self->state.uri = uri;
  self->state.slots.resize(1 + readers);
  for (size_t i = 0; i < self->state.slots.size(); ++i)
    open_slot(self, i);
  self->set_down_handler([self](caf::down_msg& m) {
    for (size_t i = 0; i < self->state.slots.size(); ++i)
      if (self->state.slots[i].handle.address() == m.source) {
        ++self->state.slots[i].restarts;
        open_slot(self, i);
      }
  });
  return database_queries::expand(
    [self]<class Q> { return hands_on<Q>(self); },
    [self](auto... all) {
      return room_behavior(
        self, [self](status_report& r) { describe(self->state, r); }, std::move(all)...);
    });
}

} // namespace

room_actor start_database(start_context& at) {
  return at.offer(at.system.spawn(
    database, at.config.database,
    static_cast<size_t>(std::max<int64_t>(1, at.config.database_connections))));
}

} // namespace troupe
