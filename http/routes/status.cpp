// What administrators and their monitoring see.

#include "http/status.hpp"
#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/history.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <fstream>

namespace troupe::http {

namespace {

using document_maker = web_response (*)(const desk&, const company_report&);

void tell(const conversation& c, const desk& d, document_maker make) {
  c.ask(c.room<supervisor_actor>(), get_company{},
        [&d, c, make](const company_report& r) {
          c.answer([&d, r, make] { return make(d, r); });
        });
}

web_response as_admin(desk& d, web_request& in,
                      std::function<void(const conversation&)> then) {
  return d.converse(in, true, [then](const conversation& c, auto&) {
    c.ask(c.session, identify{.admin = true},
          [c, then](const session_record&) { then(c); });
  });
}

web_response status(desk& d, web_request& in) {
  return as_admin(d, in, [&d](const conversation& c) { tell(c, d, status_document); });
}

/// The token that monitoring is given, instead of an account. Read anew each time.
bool has_metrics_token(const desk& d, const web_request& in) {
  if (d.config.metrics_token_file.empty())
    return false;
  std::ifstream file{d.config.metrics_token_file};
  std::string expected;
  file >> expected;
  auto given = token_of(in);
  return expected.size() >= 16 && expected.size() == given.size()
         && sodium_memcmp(expected.data(), given.data(), given.size()) == 0;
}

web_response metrics(desk& d, web_request& in) {
  if (has_metrics_token(d, in))
    return d.converse(
      in, false, [&d](const conversation& c, auto&) { tell(c, d, metrics_document); });
  return as_admin(d, in, [&d](const conversation& c) { tell(c, d, metrics_document); });
}

web_response history_of_figures(desk& d, web_request& in) {
  const auto step = number_or(in, "step", 1);
  if (step != 1 && step != 10)
    throw failure{errc::bad_request, "step: 1 or 10"};
  const auto since = id_in_query(in, "since").value_or(0);
  return as_admin(d, in, [&d, step, since](const conversation& c) {
    c.answer([&d, step, since] { return document(d.history.read(step, since)); });
  });
}

web_response one_actor(desk& d, web_request& in) {
  auto name = in.captured.at("actor");
  return as_admin(d, in, [name](const conversation& c) {
    c.ask(c.room<supervisor_actor>(), get_company{}, [c, name](const company_report& r) {
      // Found here, so that an unknown name is refused like anything else.
      auto found = actor_document(r, name);
      c.answer([found] { return found; });
    });
  });
}

constexpr int most_requests_told = 200;

web_response late_requests(desk& d, web_request& in) {
  const auto count = std::clamp(number_or(in, "limit", 50), 1, most_requests_told);
  return as_admin(d, in, [&d, count](const conversation& c) {
    c.answer([&d, count] { return requests_document(d, static_cast<size_t>(count)); });
  });
}

web_response way_of_request(desk& d, web_request& in) {
  auto id = in.captured.at("request");
  return as_admin(d, in, [&d, id](const conversation& c) {
    c.answer([found = request_document(d, id)] { return found; });
  });
}

/// What a listener is turned away with, or nothing while it may listen.
std::optional<web_response> turned_away(desk& d, web_request& in) {
  auto out = as_admin(d, in, [](const conversation& c) {
    c.answer([] { return web_response{.status = 204}; });
  });
  return out.status == 204 ? std::nullopt : std::optional{std::move(out)};
}

std::string why_not_longer(desk& d, web_request& in) {
  const auto out = turned_away(d, in);
  // While a part of the server restarts nobody is sent away.
  return !out || out->status >= 500 ? "" : "the session is over";
}

web_response events(desk& d, web_request& in) {
  if (auto refusal = turned_away(d, in))
    return std::move(*refusal);
  auto asker = in;
  asker.body = nullptr; // it lives no longer than this handler
  auto stream = d.feed.listen(std::string{in.header("last-event-id")},
                              [&d, asker]() mutable { return why_not_longer(d, asker); });
  if (!stream) {
    auto out = problem(errc::unavailable, "too many pages watch the server", in.id);
    std::erase_if(out.headers, [](auto& h) { return h.first == "Retry-After"; });
    out.headers.emplace_back("Retry-After", "10");
    return out;
  }
  web_response out;
  out.type = "text/event-stream";
  out.stream = std::move(stream);
  out.headers = {{"Cache-Control", "no-store"}, {"X-Accel-Buffering", "no"}};
  return out;
}

/// Written down first. A database that does not answer must not keep anybody from
/// restarting it.
template <class Order>
void note_and_order(const conversation& c, const Order& order) {
  constexpr bool drains = std::is_same_v<Order, drain_room>;
  c.try_ask(
    c.session, inquiry_of(note_restart{.actor = order.name, .drained = drains}),
    [c, order](const caf::expected<findings>& noted) {
      if (!noted && code_of(noted.error()) != errc::unavailable)
        return c.refuse(noted.error());
      spdlog::warn("{} asked for room={}", drains ? "draining" : "restart", order.name);
      c.ask(c.room<supervisor_actor>(), order, [c](const done& r) {
        c.answer([r] {
          auto out = encode(r);
          out.status = 202;
          return out;
        });
      });
    },
    std::chrono::seconds{5});
}

/// @tparam Order  of a room: restart_room or drain_room.
template <class Order>
web_response order_room(desk& d, web_request& in) {
  auto name = in.captured.at("actor");
  return d.converse(in, true, [name](const conversation& c, auto&) {
    c.ask(c.session, identify{.admin = true}, [c, name](const session_record& who) {
      if (who.who.privileges != all_privileges)
        return c.refuse(caf::make_error(
          errc::denied, std::string{"for administrators with full rights only"}));
      c.ask(
        c.room<supervisor_actor>(), get_company{}, [c, name](const company_report& all) {
          if (std::none_of(all.actors.begin(), all.actors.end(),
                           [&](auto& a) { return a.name == name && a.parent.empty(); }))
            throw failure{errc::not_found, "no room is called " + name};
          note_and_order(c, Order{name});
        });
    });
  });
}

} // namespace

const std::vector<route> status_routes{
  {"GET",
   "/api/v1/status",
   access::admin,
   "The state of every actor",
   {},
   "",
   200,
   "Status",
   status},
  {"GET",
   "/api/v1/status/events",
   access::admin,
   "The same as server-sent events: the whole once, then each second what has changed",
   {},
   "",
   200,
   "text/event-stream",
   events},
  {"GET",
   "/api/v1/status/history",
   access::admin,
   "Figures of the last 15 minutes by the second, or of the day by ten",
   {{"step", "integer", "1 (normally) or 10 s"},
    {"since", "integer", "only what is later, ms since 1970"}},
   "",
   200,
   "FigureHistory",
   history_of_figures},
  {"GET",
   "/api/v1/status/requests",
   access::admin,
   "The requests of late, the newest first",
   {{"limit", "integer", "at most so many, 1 to 200, normally 50"}},
   "",
   200,
   "TracedRequests",
   late_requests},
  {"GET",
   "/api/v1/status/requests/{request}",
   access::admin,
   "The way of one request through the actors, by its X-Request-Id",
   {},
   "",
   200,
   "RequestTrace",
   way_of_request},
  {"GET",
   "/api/v1/status/actors/{actor}",
   access::admin,
   "What one actor handled, how long it took, what went wrong",
   {},
   "",
   200,
   "ActorDetails",
   one_actor},
  {"POST",
   "/api/v1/status/actors/{actor}/restart",
   access::admin,
   "Restart a room and those below it",
   {},
   "",
   202,
   "",
   order_room<restart_room>},
  {"POST",
   "/api/v1/status/actors/{actor}/drain",
   access::admin,
   "Let a room and those below it finish what they have, refusing more, then start them "
   "anew",
   {},
   "",
   202,
   "",
   order_room<drain_room>},
  {"GET",
   "/metrics",
   access::admin,
   "The same for Prometheus",
   {},
   "",
   200,
   "text/plain",
   metrics},
};

} // namespace troupe::http
