// A new password for who has a link for it instead of the old one.

#include "actors/sessions_state.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

using namespace std::chrono_literals;

/// One use of a link: throttle by address, whose it is, the password, the row.
struct link_use {
  sessions_pointer self;
  reset_password m;
  reply<done> promise;

  void start() const {
    self->request(self->state.database, 10s, find_account{"", m.address})
      .then(
        [u = *this](const account_record& nobody) {
          nobody.blocked_seconds > 0 ? u.promise.fail(throttled(nobody.blocked_seconds))
                                     : u.find();
        },
        fail());
  }

  void find() const {
    self->request(self->state.database, 10s, find_reset_link{m.token_hash})
      .then([u = *this](const reset_link& link) { u.check(link); },
            [u = *this](const caf::error& e) { u.refuse(e); });
  }

  /// Guessing links is as slow as guessing passwords.
  void refuse(const caf::error& e) const {
    self->request(self->state.database, 10s, note_sign_in{"", m.address, false})
      .then([u = *this, e](const done&) { u.promise.fail(e); }, fail());
  }

  void check(const reset_link& link) const {
    check_password job{"", "", {}, m.fresh, true, link.login};
    job.least = self->state.least_password;
    self->state.passwords->post(std::move(job),
                                [u = *this](caf::expected<password_verdict> v) {
                                  v ? u.store(v->secret) : u.promise.fail(v.error());
                                });
  }

  void store(const std::string& secret) const {
    self->request(self->state.database, 10s, use_reset_link{m.token_hash, secret})
      .then(
        [u = *this](const done&) {
          spdlog::info("password set by a link address={}", u.m.address);
          u.promise.deliver({});
        },
        fail());
  }

  std::function<void(caf::error&)> fail() const {
    return [p = promise](caf::error& e) { p.fail(std::move(e)); };
  }
};

} // namespace

caf::result<done> reset_by_link(sessions_pointer self, const reset_password& m) {
  if (m.fresh.empty())
    return caf::make_error(errc::bad_request, std::string{"a password is missing"});
  link_use use{self, m, reply<done>{self}};
  use.start();
  return use.promise.promise();
}

} // namespace troupe
