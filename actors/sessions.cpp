#include "actors/sessions_state.hpp"
#include "schema/password.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

caf::error throttled(int64_t seconds) {
  return caf::make_error(
    errc::throttled, "too many attempts, try again in " + std::to_string(seconds) + " s",
    seconds);
}

namespace {

session_record viewed(session_record record, std::optional<int64_t> group) {
  if (!group)
    return record;
  record.who = within_group(record.who, *group);
  record.group_name.clear(); // of the group it works in otherwise
  return record;
}

} // namespace

session_actor seat(sessions_pointer self, const guest_key& key,
                   const session_record& record) {
  auto seen = viewed(record, key.group);
  auto& g = self->state.guests[key];
  if (!g.actor) {
    g.counted = std::make_shared<meter>();
    g.actor = self->spawn(session, std::move(seen), self->state.rooms, g.counted);
    self->monitor(g.actor);
  }
  g.id = record.id;
  g.share = record.who.share;
  g.login = record.account.login;
  g.expires = record.expires;
  g.used = sessions_state::clock::now();
  return g.actor;
}

namespace {

using namespace std::chrono_literals;
using clock = sessions_state::clock;

constexpr auto flush_every = 60s;    ///< how often "last seen" reaches the database
constexpr auto forget_after = 20min; ///< an unused session's actor goes; its row stays
constexpr auto believe_for = 5s; ///< then the row is read again, behind the guest's back
constexpr size_t attempts_at_once = 4; ///< password checks under way for one login

int64_t now_seconds() {
  return now_ms() / 1000;
}

using guest_place = std::map<guest_key, sessions_state::guest>::iterator;

void dismiss(sessions_pointer self, guest_place i) {
  self->demonitor(i->second.actor.address());
  self->send_exit(i->second.actor, caf::exit_reason::user_shutdown);
  self->state.guests.erase(i);
}

/// Writes down who was here, and lets sleeping sessions go.
void flush(sessions_pointer self) {
  auto& state = self->state;
  auto now = clock::now();
  if (now - state.flushed < flush_every)
    return;
  state.flushed = now;
  touch_sessions seen;
  for (auto i = state.guests.begin(); i != state.guests.end();) {
    auto at = i++;
    if (std::exchange(at->second.seen, false) && at->second.id != 0)
      seen.sessions.push_back(at->second.id);
    else if (now - at->second.used > forget_after)
      dismiss(self, at);
  }
  if (seen.sessions.empty())
    return;
  self->request(state.database, 10s, std::move(seen))
    .then([](const done&) {}, [](const caf::error&) {});
}

/// The record behind a guest: a session's, a share's, or the public user's.
template <class Then, class Fail>
void look_up(sessions_pointer self, const guest_key& key, Then then, Fail fail) {
  const auto& state = self->state;
  if (key.token_hash == visitors_hash)
    self->request(state.database, 10s, find_visitor{state.public_user}).then(then, fail);
  else if (key.token_hash.starts_with(shares_prefix))
    self->request(state.database, 10s, share_in(key.token_hash)).then(then, fail);
  else
    self->request(state.database, 10s, find_session{key.token_hash}).then(then, fail);
}

/// A view of a group that is seen no more ends.
void renew_guest(sessions_pointer self, guest_place i, const session_record& record,
                 bool forget) {
  try {
    caf::anon_send(i->second.actor, renew{viewed(record, i->first.group), forget});
  } catch (const failure&) {
    dismiss(self, i);
  }
}

/// Reads a guest's row: it may have been closed elsewhere (`troupe user passwd`), or have
/// other rights by now. `then` is called in any case.
void read_again(sessions_pointer self, const guest_key& key, sessions_state::guest& g,
                bool forget, std::function<void()> then) {
  g.checked = clock::now();
  look_up(
    self, key,
    [self, key, forget, then](const session_record& record) {
      if (auto i = self->state.guests.find(key); i != self->state.guests.end())
        renew_guest(self, i, record, forget);
      then();
    },
    [self, key, then](const caf::error& e) {
      auto i = self->state.guests.find(key);
      const bool is_over = e == errc::signed_out || e == errc::not_found;
      if (is_over && i != self->state.guests.end())
        dismiss(self, i);
      then();
    });
}

/// The guest does not wait for the answer.
void look_again(sessions_pointer self, const guest_key& key, sessions_state::guest& g) {
  if (clock::now() - g.checked >= believe_for)
    read_again(self, key, g, false, [] {});
}

caf::result<done> renew_all(sessions_pointer self) {
  auto all_read = std::make_shared<reply<done>>(self);
  const auto promise = all_read->promise();
  // Held by every question under way: the last one answers.
  std::shared_ptr<void> last{nullptr, [all_read](void*) { all_read->deliver({}); }};
  for (auto& [key, g] : self->state.guests)
    read_again(self, key, g, true, [last] {});
  return promise;
}

caf::result<entered> let_in(sessions_pointer self, const enter& m) {
  flush(self);
  auto& guests = self->state.guests;
  const guest_key key{m.token_hash, m.group};
  if (auto i = guests.find(key); i != guests.end()) {
    auto& g = i->second;
    // The row knows about later visits: ask it when time seems over.
    if (g.expires > now_seconds()) {
      g.used = clock::now();
      g.seen = true;
      if (g.share != 0)
        note_visit(self, m.token_hash, g.share, m.address);
      look_again(self, key, g);
      return entered{g.actor};
    }
    dismiss(self, i);
  }
  reply<entered> promise{self};
  look_up(
    self, key,
    [self, promise, key, address = m.address](const session_record& record) {
      try {
        promise.deliver({seat(self, key, record)});
        if (record.who.share != 0)
          note_visit(self, key.token_hash, record.who.share, address);
      } catch (...) {
        promise.fail(error_in_flight());
      }
    },
    [promise](caf::error& e) { promise.fail(std::move(e)); });
  return promise.promise();
}

/// One attempt on its way: account, password, throttle, session.
struct attempt {
  sessions_pointer self;
  sign_in m;
  reply<signed_in> promise;

  void start() const {
    self->request(self->state.database, 10s, find_account{m.login, m.address})
      .then([a = *this](const account_record& who) { a.check(who); }, refuse());
  }

  void check(const account_record& who) const {
    if (who.blocked_seconds > 0) {
      end();
      return promise.fail(throttled(who.blocked_seconds));
    }
    auto secret = who.active ? who.secret : std::string{};
    self->state.passwords->post({m.password, secret, {}},
                                [a = *this, who](caf::expected<password_verdict> v) {
                                  if (v)
                                    a.note(who, v->right && who.id != 0);
                                  else
                                    a.refuse()(v.error());
                                });
  }

  void note(const account_record& who, bool right) const {
    self->request(self->state.database, 10s, note_sign_in{m.login, m.address, right})
      .then(
        [a = *this, who, right](const done&) {
          if (right)
            return a.open(who);
          ++a.self->state.refused;
          a.end();
          spdlog::warn("sign-in refused address={}", a.m.address);
          a.promise.fail(
            caf::make_error(errc::signed_out, std::string{"wrong name or password"}));
        },
        refuse());
  }

  void open(const account_record& who) const {
    auto token = new_token();
    auto hash = hash_token(token);
    self
      ->request(self->state.database, 10s,
                open_session{.account = who.id,
                             .token_hash = hash,
                             .agent = m.agent,
                             .address = m.address,
                             .idle_seconds = m.idle_seconds,
                             .life_seconds = m.life_seconds})
      .then(
        [a = *this, token, hash](const session_record& record) {
          ++a.self->state.sign_ins;
          seat(a.self, {hash, {}}, record);
          a.end();
          spdlog::info("signed in account={} session={}", record.account.id, record.id);
          a.promise.deliver({token, record});
        },
        refuse());
  }

  std::function<void(caf::error)> refuse() const {
    return [a = *this](caf::error e) {
      a.end();
      a.promise.fail(std::move(e));
    };
  }

  void end() const {
    auto& all = self->state.attempts;
    if (auto i = all.find(m.login); i != all.end())
      all.erase(i);
  }
};

caf::result<signed_in> admit(sessions_pointer self, const sign_in& m) {
  if (m.login.size() > 64 || m.password.size() > 1024)
    return caf::make_error(errc::signed_out, std::string{"wrong name or password"});
  if (self->state.attempts.count(m.login) >= attempts_at_once)
    return throttled(1);
  self->state.attempts.insert(m.login);
  attempt a{self, m, reply<signed_in>{self}};
  a.start();
  return a.promise.promise();
}

caf::result<done> see_out(sessions_pointer self, const sign_out& m) {
  auto& guests = self->state.guests;
  for (auto i = guests.lower_bound({m.token_hash, {}});
       i != guests.end() && i->first.token_hash == m.token_hash;)
    dismiss(self, i++);
  return self->delegate(self->state.database, close_session{m.token_hash});
}

void describe(const sessions_state& state, status_report& r) {
  r.actors[0].gauges = {{"sessions", static_cast<int64_t>(state.guests.size())},
                        {"signIns", state.sign_ins},
                        {"refused", state.refused}};
  state.passwords->describe(r);
  // Visitors by a link have no number of their own; every name is given once.
  std::map<std::string, int64_t> named;
  for (auto& [key, g] : state.guests) {
    auto name = "session-" + std::to_string(g.id)
                + (key.group ? "-in-" + std::to_string(*key.group) : "");
    if (const auto n = ++named[name]; n > 1)
      name += "-again-" + std::to_string(n);
    r.actors.push_back(figures_of(name, "session", "sessions", *g.counted));
  }
}

sessions_actor::behavior_type sessions(sessions_pointer self, database_actor database,
                                       session_rooms rooms, const configuration& config) {
  auto& state = self->state;
  state.database = std::move(database);
  state.rooms = std::move(rooms);
  state.public_user = config.public_user;
  state.least_password = config.password_length;
  state.passwords =
    std::make_unique<dispatcher<sessions_state::self_type, check_password>>(
      self, dispatcher_plan{"password-worker", 2, 128},
      [](auto* front, meter_ptr counted) {
        return front->template spawn<caf::detached>(password_worker, std::move(counted));
      });
  self->set_down_handler([self](caf::down_msg& m) {
    if (self->state.passwords->worker_ended(m.source))
      return;
    // The next request wakes it again.
    std::erase_if(self->state.guests,
                  [&](auto& g) { return g.second.actor.address() == m.source; });
  });
  return room_behavior(
    self, [self](status_report& r) { describe(self->state, r); },
    [self](const sign_in& m) { return admit(self, m); },
    [self](const enter& m) { return let_in(self, m); },
    [self](const sign_out& m) { return see_out(self, m); },
    [self](const set_password& m) { return change_password(self, m); },
    [self](const reset_password& m) { return reset_by_link(self, m); },
    [self](const renew_sessions&) { return renew_all(self); },
    [self](const invite& m) { return let_join(self, m); },
    [self](const become& m) { return let_act(self, m); },
    [self](const unlock_share& m) { return unlock(self, m); },
    [self](const keep_secret& m) { return harden(self, m); },
    [self](const sign_in_again& m) { return let_in_again(self, m); });
}

} // namespace

room_actor start_sessions(start_context& at) {
  return at.offer(at.system.spawn(
    sessions, at.find<database_actor>(),
    session_rooms{at.find<repository_actor>(), at.find<plane_render_actor>(),
                  at.find<thumbnail_actor>(), at.find<imports_actor>(),
                  at.find<measurements_actor>(), at.tables, at.find<pyramids_actor>()},
    at.config));
}

} // namespace troupe
