#include "http/desk.hpp"

#include "http/observer.hpp"
#include "schema/password.hpp"

#include <thread>

namespace troupe::http {

using namespace std::chrono_literals;

namespace {

constexpr auto patience = 100s;       ///< beyond every deadline of an actor
constexpr auto restart_patience = 3s; ///< a restart takes less

std::string_view bearer_of(const web_request& in) {
  auto text = in.header("authorization");
  constexpr std::string_view scheme = "Bearer ";
  return text.starts_with(scheme) ? text.substr(scheme.size()) : std::string_view{};
}

bool is_reading(const web_request& in) {
  return in.method == "GET" || in.method == "HEAD" || in.method == "PROPFIND";
}

} // namespace

std::string token_of(const web_request& in) {
  if (!in.token.empty())
    return in.token;
  if (auto token = bearer_of(in); !token.empty())
    return std::string{token};
  return in.cookie("troupe_session").value_or("");
}

std::string csrf_of(const std::string& token) {
  return hash_token("csrf " + token).substr(0, 43);
}

room_kind desk::bridge_row() {
  return {"bridge", [this](start_context& at) {
            auto room = start_bridge(at);
            caf::anon_send(at.find<observer_actor>(),
                           meet_supervisor{at.find<supervisor_actor>()});
            std::lock_guard guard{mutex_};
            bridge_ = at.find<bridge_actor>();
            return room;
          }};
}

void desk::close() {
  std::lock_guard guard{mutex_};
  bridge_ = nullptr;
}

bridge_actor desk::current() {
  std::lock_guard guard{mutex_};
  return bridge_;
}

web_response desk::converse(
  web_request& in, bool needs_session,
  std::function<void(const conversation&, const std::shared_ptr<rendezvous>&)> talk) {
  std::string token_hash;
  if (needs_session && !in.share_key.empty()) {
    token_hash = in.share_key;
  } else if (needs_session) {
    auto token = token_of(in);
    const auto visits = token.empty() && in.for_visitors && is_reading(in);
    if (token.empty() && !visits)
      return problem(errc::signed_out, "not signed in", in.id);
    // Other pages may send the cookie along, but cannot know this.
    if (in.token.empty() && bearer_of(in).empty() && !is_reading(in)
        && in.header("x-csrf-token") != csrf_of(token))
      return problem(errc::denied, "the X-CSRF-Token header is missing or wrong", in.id);
    token_hash = visits ? visitors_hash : hash_token(token);
  }
  auto give_up = std::chrono::steady_clock::now() + restart_patience;
  for (;;) {
    auto x = std::make_shared<rendezvous>();
    if (auto bridge = current()) {
      web_call call{token_hash,
                    in.group,
                    in.id,
                    in.remote,
                    [talk, x](const conversation& c) { talk(c, x); },
                    ticket{x}};
      caf::anon_send(bridge, std::move(call));
    } else {
      x->interrupt();
    }
    gate::blocking waits{*door};
    switch (x->wait(in.socket, patience)) {
      case rendezvous::ending::answered: return x->take()();
      case rendezvous::ending::client_left: {
        auto out = problem(errc::gone, "the client left", in.id);
        out.close = true;
        return out;
      }
      case rendezvous::ending::late:
        return problem(errc::unavailable, "the server did not answer in time", in.id);
      case rendezvous::ending::interrupted: break;
    }
    if (!is_reading(in) || std::chrono::steady_clock::now() > give_up)
      return problem(errc::unavailable, "a part of the server is restarting, try again",
                     in.id);
    std::this_thread::sleep_for(50ms);
  }
}

web_response desk::inquire(web_request& in, inquiry question,
                           std::function<web_response(const findings&)> respond) {
  return converse(in, true, [question, respond](const conversation& c, auto&) {
    c.ask(c.session, question, [c, question, respond](const findings& f) {
      auto answer = [c, f, respond] { c.answer([f, respond] { return respond(f); }); };
      if (!question.what->changes_rights())
        return answer();
      c.ask(c.room<sessions_actor>(), renew_sessions{},
            [answer](const done&) { answer(); });
    });
  });
}

} // namespace troupe::http
