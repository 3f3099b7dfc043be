// Signing in with every request: a session is opened once and used again.

#include "actors/sessions_state.hpp"
#include "schema/password.hpp"

namespace troupe {

namespace {

using namespace std::chrono_literals;

constexpr int32_t known_idle_seconds = 1800; ///< of such a session
constexpr size_t most_known_logins = 1000;

/// One request with a name and a password, or a token in its place.
struct arrival {
  sessions_pointer self;
  sign_in m;
  std::string known_as; ///< hash of name and password
  reply<basic_token> promise;

  /// A token is looked up in a moment, a password takes Argon2.
  void start() const {
    self->request(self->state.database, 10s, find_session{hash_token(m.password)})
      .then(
        [a = *this](const session_record& record) {
          record.kind == session_kind::token&& record.account.login == a.m.login
            ? a.promise.deliver({a.m.password})
            : a.try_known();
        },
        [a = *this](caf::error& e) {
          e == errc::signed_out ? a.try_known() : a.promise.fail(std::move(e));
        });
  }

  void try_known() const {
    auto& all = self->state.known_logins;
    const auto known = all.find(known_as);
    if (known == all.end())
      return sign_in_anew();
    if (known->second.token.empty())
      return known->second.waiting.push_back(promise);
    self
      ->request(self->state.database, 10s, find_session{hash_token(known->second.token)})
      .then([a = *this, token = known->second.token](
              const session_record&) { a.promise.deliver({token}); },
            [a = *this](const caf::error&) { // closed, or a new password
              a.self->state.known_logins.erase(a.known_as);
              a.sign_in_anew();
            });
  }

  /// Those who come with the same meanwhile wait for this one's answer.
  void sign_in_anew() const {
    auto& all = self->state.known_logins;
    if (all.contains(known_as))
      return try_known();
    if (all.size() >= most_known_logins)
      std::erase_if(all, [](auto& k) { return k.second.waiting.empty(); });
    all[known_as].waiting.push_back(promise);
    self->request(sessions_actor{self}, 30s, m)
      .then([a = *this](const signed_in& s) { a.settle(s.token); },
            [a = *this](const caf::error& e) { a.give_up(e); });
  }

  void settle(const std::string& token) const {
    auto& known = self->state.known_logins[known_as];
    known.token = token;
    for (auto& waiting : std::exchange(known.waiting, {}))
      waiting.deliver({token});
  }

  void give_up(const caf::error& e) const {
    auto& all = self->state.known_logins;
    const auto known = all.find(known_as);
    if (known == all.end())
      return;
    const auto waiting = std::move(known->second.waiting);
    all.erase(known);
    for (auto& w : waiting)
      w.fail(e);
  }
};

} // namespace

caf::result<basic_token> let_in_again(sessions_pointer self, const sign_in_again& m) {
  auto who = m.who;
  who.idle_seconds = std::min(who.idle_seconds, known_idle_seconds);
  arrival a{self, who, hash_token(who.login + '\n' + who.password),
            reply<basic_token>{self}};
  a.start();
  return a.promise.promise();
}

} // namespace troupe
