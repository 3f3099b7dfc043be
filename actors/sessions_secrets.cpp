// What the doorkeeper does for people who are in already: new passwords, new accounts,
// acting as somebody.

#include "actors/sessions_state.hpp"
#include "schema/password.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

using namespace std::chrono_literals;

/// Goes on with the record of the asker's session.
template <class R, class Then>
void with_asker(sessions_pointer self, const std::string& token_hash,
                const reply<R>& promise, Then then) {
  self->request(self->state.database, 10s, find_session{token_hash})
    .then(
      [promise, then](const session_record& asker) {
        if (!asker.may(scope::administer))
          return promise.fail(caf::make_error(
            errc::denied, std::string{"this token was not made for that"}));
        then(asker);
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
}

/// Passes what the database answers on.
template <class R, class Q>
void ask_database(sessions_pointer self, Q q, const reply<R>& promise) {
  self->request(self->state.database, 10s, std::move(q))
    .then([promise](R& r) { promise.deliver(std::move(r)); },
          [promise](caf::error& e) { promise.fail(std::move(e)); });
}

/// Goes on with the verdict of a password worker.
template <class R, class Then>
void with_verdict(sessions_pointer self, check_password m, const reply<R>& promise,
                  Then then) {
  m.least = self->state.least_password;
  self->state.passwords->post(std::move(m),
                              [promise, then](caf::expected<password_verdict> v) {
                                v ? then(*v) : promise.fail(std::move(v.error()));
                              });
}

void store_secret(sessions_pointer self, const session_record& asker, int64_t account,
                  const std::string& secret, const reply<done>& promise) {
  ask_database(self, change_secret{asker.who, account, secret}, promise);
}

/// A wrong old password counts as a failed sign-in: a stolen session does not guess it.
void note_wrong(sessions_pointer self, const session_record& asker,
                const std::string& address, const reply<done>& promise) {
  self
    ->request(self->state.database, 10s,
              note_sign_in{asker.account.login, address, false})
    .then(
      [promise](const done&) {
        promise.fail(
          caf::make_error(errc::denied, std::string{"the old password is wrong"}));
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
}

void change_own(sessions_pointer self, const session_record& asker, const set_password& m,
                const reply<done>& promise) {
  self->request(self->state.database, 10s, find_account{asker.account.login, m.address})
    .then(
      [=](const account_record& who) {
        if (who.blocked_seconds > 0)
          return promise.fail(throttled(who.blocked_seconds));
        with_verdict(self, {m.old, who.secret, {}, m.fresh, false, who.login}, promise,
                     [=](const password_verdict& v) {
                       v.right
                         ? store_secret(self, asker, asker.account.id, v.secret, promise)
                         : note_wrong(self, asker, m.address, promise);
                     });
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
}

/// By who may: the database decides that when it stores the secret.
void change_others(sessions_pointer self, const session_record& asker,
                   const set_password& m, const reply<done>& promise) {
  auto whose = inquiry_of(find_person{.account = *m.account});
  whose.who = asker.who;
  self->request(self->state.database, 10s, std::move(whose))
    .then(
      [=](const findings& f) {
        const auto login = std::any_cast<const account_details&>(f.value).login;
        with_verdict(self, {"", "", {}, m.fresh, true, login}, promise,
                     [=](const password_verdict& v) {
                       store_secret(self, asker, *m.account, v.secret, promise);
                     });
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
}

} // namespace

caf::result<done> change_password(sessions_pointer self, const set_password& m) {
  if (m.fresh.empty())
    return caf::make_error(errc::bad_request, std::string{"a password is missing"});
  reply<done> promise{self};
  with_asker(self, m.token_hash, promise, [=](const session_record& asker) {
    if (asker.kind != session_kind::signed_in)
      return promise.fail(caf::make_error(
        errc::denied, std::string{"passwords are changed after signing in with one"}));
    if (!m.account || *m.account == asker.account.id)
      return change_own(self, asker, m, promise);
    change_others(self, asker, m, promise);
  });
  return promise.promise();
}

caf::result<account_details> let_join(sessions_pointer self, const invite& m) {
  reply<account_details> promise{self};
  with_asker(self, m.token_hash, promise, [=](const session_record& asker) {
    auto add = m.what;
    add.who = asker.who;
    // Without a password nobody signs in until one is set.
    if (m.password.empty())
      return ask_database(self, add, promise);
    with_verdict(self, {"", "", {}, m.password, true, add.login}, promise,
                 [=](const password_verdict& v) {
                   auto complete = add;
                   complete.secret = v.secret;
                   ask_database(self, complete, promise);
                 });
  });
  return promise.promise();
}

caf::result<signed_in> let_act(sessions_pointer self, const become& m) {
  reply<signed_in> promise{self};
  with_asker(self, m.token_hash, promise, [=](const session_record& asker) {
    auto token = new_token();
    auto hash = hash_token(token);
    self
      ->request(self->state.database, 10s,
                act_as{asker.who, m.account, hash, m.agent, m.address})
      .then(
        [=](const session_record& record) {
          seat(self, {hash, {}}, record);
          spdlog::info("acting as account={} by={} session={}", record.account.id,
                       asker.account.id, record.id);
          promise.deliver({token, record});
        },
        [promise](caf::error& e) { promise.fail(std::move(e)); });
  });
  return promise.promise();
}

} // namespace troupe
