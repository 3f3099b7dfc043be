// Where the gate's threads meet the actors: hands a call to the bridge that runs now and
// waits for its answer.

#pragma once

#include "http/bridge.hpp"
#include "http/figure_history.hpp"
#include "http/gate/gate.hpp"
#include "http/request_figures.hpp"
#include "http/request_ring.hpp"
#include "http/session_notes.hpp"
#include "http/settings.hpp"
#include "http/status_feed.hpp"

#include <mutex>

namespace troupe::http {

class desk {
public:
  explicit desk(const configuration& settings) : config{settings} {}

  const configuration& config;
  gate* door = nullptr; ///< set once before the first request
  request_figures requests;
  request_ring latest_requests;
  figure_history history;
  status_feed feed;
  std::atomic<int64_t> uploaded{0}; ///< bytes of imports that have arrived
  session_notes notes;
  bool embedded = false; ///< the database is our own
  std::vector<shown_setting> settings; ///< as the server was started

  /// The roster's last row: a bridge that this desk knows.
  room_kind bridge_row();
  /// Lets go of the bridge, so that the actor system can end.
  void close();

  /// Runs `talk` with the session of the request's token (or without one) and waits.
  /// A reading request whose conversation was interrupted by a restart is tried again.
  web_response converse(
    web_request& in, bool needs_session,
    std::function<void(const conversation&, const std::shared_ptr<rendezvous>&)> talk);

  /// Asks the request's session; `respond` builds the response on this thread.
  template <class M, class Respond>
  web_response ask_session(web_request& in, M message, Respond respond) {
    return converse(
      in, true,
      [in_view = std::string{in.header("troupe-view")}, message = std::move(message),
       respond](const conversation& c, const std::shared_ptr<rendezvous>& x) {
        auto m = message;
        errand who{0, {}, now_ms() + 60'000, x->gone};
        if constexpr (requires { m.wish.who; })
          m.wish.who = who;
        else if constexpr (requires { m.who = who; })
          m.who = who;
        if constexpr (std::is_same_v<M, view_plane>)
          m.wish.who.view = in_view;
        c.ask(c.session, std::move(m), [c, respond](const typename M::reply& r) {
          c.answer([r, respond] { return respond(r); });
        });
      });
  }

  /// Asks the catalogue through the request's session. What changes rights is answered
  /// when every session knows of it.
  template <class Q, class Respond>
  web_response ask_catalogue(web_request& in, Q question, Respond respond) {
    return inquire(in, inquiry_of(std::move(question)), [respond](const findings& f) {
      return respond(std::any_cast<const typename Q::reply&>(f.value));
    });
  }

private:
  web_response inquire(web_request& in, inquiry question,
                       std::function<web_response(const findings&)> respond);
  bridge_actor current();

  std::mutex mutex_;
  bridge_actor bridge_;
};

/// The token a request comes with: cookie or Authorization. Empty = none.
std::string token_of(const web_request& in);

/// The second secret of a browser's session, told to its pages only: a request that
/// changes something must repeat it.
std::string csrf_of(const std::string& token);

} // namespace troupe::http
