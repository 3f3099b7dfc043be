// Who comes by a share: its password, and how often somebody comes.

#include "actors/sessions_state.hpp"
#include "schema/password.hpp"

#include <spdlog/spdlog.h>

namespace troupe {

namespace {

using namespace std::chrono_literals;

constexpr auto visit_pause = 30min;        ///< who comes later comes again
constexpr size_t most_remembered = 10'000; ///< visitors, passwords

/// One attempt to unlock: throttle by share and address, the password.
struct unlocking {
  sessions_pointer self;
  unlock_share m;
  reply<share_key> promise;

  void start() const {
    self->request(self->state.database, 10s, find_share_secret{m.token_hash})
      .then([u = *this](const share_secret& s) { u.look(s); }, fail());
  }

  /// A remembered proof of an older password does not count.
  void look(const share_secret& share) const {
    const auto proof = share_proof(m.token_hash, share.secret);
    const auto known = self->state.unlocked.find(remembered_as());
    if (proof.empty() || (known != self->state.unlocked.end() && known->second == proof))
      return promise.deliver({proof});
    self->request(self->state.database, 10s, find_account{throttle_of(share), m.address})
      .then(
        [u = *this, share](const account_record& nobody) {
          nobody.blocked_seconds > 0 ? u.promise.fail(throttled(nobody.blocked_seconds))
                                     : u.check(share);
        },
        fail());
  }

  void check(const share_secret& share) const {
    self->state.passwords->post({m.password, share.secret, {}},
                                [u = *this, share](caf::expected<password_verdict> v) {
                                  v ? u.note(share, v->right)
                                    : u.promise.fail(std::move(v.error()));
                                });
  }

  void note(const share_secret& share, bool right) const {
    self
      ->request(self->state.database, 10s,
                note_sign_in{throttle_of(share), m.address, right})
      .then(
        [u = *this, share, right](const done&) {
          if (!right) {
            spdlog::warn("share not unlocked share={} address={}", share.id, u.m.address);
            return u.promise.fail(caf::make_error(
              errc::signed_out, std::string{"the password of this share is wrong"}));
          }
          auto& known = u.self->state.unlocked;
          if (known.size() >= most_remembered)
            known.clear();
          const auto proof = share_proof(u.m.token_hash, share.secret);
          known[u.remembered_as()] = proof;
          u.promise.deliver({proof});
        },
        fail());
  }

  std::string remembered_as() const { return hash_token(m.token_hash + m.password); }

  /// Stands where a login stands; none looks like it.
  static std::string throttle_of(const share_secret& share) {
    return "@share-" + std::to_string(share.id) + "@";
  }

  std::function<void(caf::error&)> fail() const {
    return [p = promise](caf::error& e) { p.fail(std::move(e)); };
  }
};

} // namespace

caf::result<share_key> unlock(sessions_pointer self, const unlock_share& m) {
  if (m.password.size() > 1024)
    return caf::make_error(errc::signed_out,
                           std::string{"the password of this share is wrong"});
  unlocking attempt{self, m, reply<share_key>{self}};
  attempt.start();
  return attempt.promise.promise();
}

caf::result<kept_secret> harden(sessions_pointer self, const keep_secret& m) {
  reply<kept_secret> promise{self};
  check_password job{"", "", {}, m.password, true};
  job.least = self->state.least_password;
  self->state.passwords->post(
    std::move(job), [promise](caf::expected<password_verdict> v) {
      v ? promise.deliver({v->secret}) : promise.fail(std::move(v.error()));
    });
  return promise.promise();
}

find_share share_in(const std::string& key) {
  const auto space = key.find(' ', shares_prefix.size());
  return {key.substr(shares_prefix.size(), space - shares_prefix.size()),
          key.substr(space + 1)};
}

void note_visit(sessions_pointer self, const std::string& key, int64_t share,
                const std::string& address) {
  auto& visits = self->state.visits;
  const auto now = sessions_state::clock::now();
  if (visits.size() >= most_remembered)
    std::erase_if(visits, [&](auto& v) { return now - v.second > visit_pause; });
  auto [visit, is_new] = visits.try_emplace({share_in(key).token_hash, address}, now);
  const bool comes_again = now - std::exchange(visit->second, now) > visit_pause;
  if (is_new || comes_again)
    self->request(self->state.database, 10s, note_share_view{share})
      .then([](const done&) {}, [](const caf::error&) {});
}

} // namespace troupe
