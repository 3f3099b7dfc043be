#include "actors/password_check.hpp"

#include "schema/password.hpp"

namespace troupe {

password_worker_actor::behavior_type
password_worker(password_worker_actor::stateful_pointer<password_worker_state> self,
                meter_ptr counted) {
  self->state.counted = std::move(counted);
  return {
    detail::measured(self, [](const check_password& m) -> caf::result<password_verdict> {
      return password_verdict{password_matches(m.password, m.secret)};
    })};
}

} // namespace troupe
