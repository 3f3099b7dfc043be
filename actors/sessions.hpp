// The doorkeeper: signs people in and out, and keeps one session actor for each.

#pragma once

#include "actors/session.hpp"

namespace troupe {

struct signed_in {
  static constexpr bool local = true;
  std::string token; ///< told once; only its hash is kept
  session_record record;
};

/// @throws failure{signed_out} for a wrong name or password alike, {throttled} with the
///         seconds to wait as the error's second value.
struct sign_in {
  static constexpr bool local = true;
  std::string login, password, agent, address;
  using reply = signed_in;
};

struct entered {
  static constexpr bool local = true;
  session_actor session;
};

/// The session of a token, woken from the database when it is not here.
/// @throws failure{signed_out}.
struct enter {
  static constexpr bool local = true;
  std::string token_hash;
  using reply = entered;
};

struct sign_out {
  static constexpr bool local = true;
  std::string token_hash;
  using reply = done;
};

using sessions_actor =
  caf::typed_actor<ask<sign_in>, ask<enter>, ask<sign_out>, ask<get_status>>;

room_actor start_sessions(start_context& at);

} // namespace troupe
