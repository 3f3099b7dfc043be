#include "actors/password_check.hpp"

#include "schema/password.hpp"

namespace troupe {

password_worker_actor::behavior_type
password_worker(password_worker_actor::stateful_pointer<password_worker_state> self,
                meter_ptr counted) {
  self->state.counted = std::move(counted);
  return {
    detail::measured(self, [](const check_password& m) -> caf::result<password_verdict> {
      return guarded([&] {
        password_verdict v{m.unchecked || password_matches(m.password, m.secret), {}};
        if (v.right && !m.fresh.empty())
          v.secret = hash_password(m.fresh, m.login, m.least);
        return v;
      });
    })};
}

} // namespace troupe
