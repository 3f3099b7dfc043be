// The crew of the gate: threads that wait for a connection with something to do, and
// take it as far as it goes without waiting.

#include "http/gate/answer.hpp"
#include "http/gate/front.hpp"

#include <sys/epoll.h>

namespace troupe::http {

namespace {

using phase = connection::phase;
using heading = connection::heading;

constexpr uint64_t drained_unasked = 256 * 1024; // bytes of a body nobody read
constexpr int requests_in_a_row = 16; // of one client, before others get a chance
constexpr int thread_idle_ms = 10'000;

} // namespace

// Called in the middle of process_request(), on the thread that called it.
void gate::front::teach_library() {
  set_pre_routing_handler([this](const httplib::Request&, httplib::Response& out) {
    ask(*exchange::current());
    out.status = exchange::current()->response.status;
    return HandlerResponse::Handled;
  });
  // The last word before the head is written: the library's own fields go.
  set_post_routing_handler([](const httplib::Request&, httplib::Response& out) {
    auto& x = *exchange::current();
    out.headers.clear();
    for (auto& field : fields_of(x.response, x.close))
      out.headers.insert(std::move(field));
  });
}

void gate::front::make_room() {
  if (waiting_ == 0 && !leaving_)
    hire();
}

bool gate::front::hire() {
  int now = threads_;
  do {
    if (now >= std::max(1, limits_.max_threads))
      return false;
  } while (!threads_.compare_exchange_weak(now, now + 1));
  if (crew_.hire([this] { work(); }))
    return true;
  --threads_;
  return false;
}

bool gate::front::may_leave() {
  int now = threads_;
  return now > std::max(1, limits_.min_threads)
         && threads_.compare_exchange_strong(now, now - 1);
}

void gate::front::work() {
  while (!leaving_) {
    epoll_event event{};
    ++waiting_;
    int found = ::epoll_wait(epoll_, &event, 1,
                             threads_ > limits_.min_threads ? thread_idle_ms : -1);
    --waiting_;
    if (found == 0 && may_leave())
      return;
    if (found > 0 && event.data.u64 != crew_bell)
      if (auto* c = claim(event.data.u64))
        serve(*c);
  }
  --threads_;
}

void gate::front::serve(connection& c) {
  auto step = connection::step::again;
  bool was_sending = false;
  for (int requests = 0; step == connection::step::again;) {
    was_sending = c.at == phase::sending;
    if (was_sending && ++requests > requests_in_a_row)
      return park(c, true);
    try {
      step = advance(c);
    } catch (...) { // out of memory, or a stream that cannot go on
      step = connection::step::over;
    }
  }
  step == connection::step::wait ? park(c) : drop(c);
}

connection::step gate::front::advance(connection& c) {
  switch (c.at) {
    case phase::head: return on_head(c);
    case phase::sending:
      if (!c.wants_more())
        return c.flush();
      make_room();
      return c.make_more();
    case phase::draining: return c.drain();
    case phase::lingering: return c.linger();
  }
  return connection::step::over;
}

connection::step gate::front::on_head(connection& c) {
  if (c.surplus)
    return refuse(c, {503, "Too many connections are open."});
  switch (c.read_head()) {
    case heading::more: return connection::step::wait;
    case heading::closed: return connection::step::over;
    case heading::refused: return refuse(c, c.why_refused());
    case heading::complete: break;
  }
  const auto text = c.take_head();
  auto head = parse_head(text, limits_);
  if (auto* why = std::get_if<refusal>(&head))
    return refuse(c, *why, !text.starts_with("HEAD "));
  answer(c, std::move(std::get<request_head>(head)));
  return connection::step::again;
}

connection::step gate::front::refuse(connection& c, const refusal& why, bool with_body) {
  ++refused_;
  c.refuse(why, with_body);
  return connection::step::again;
}

void gate::front::answer(connection& c, request_head head) {
  ++requests_;
  request_body body{c, head, limits_, [this] { make_room(); }};
  exchange x{std::move(head)};
  x.request.remote = c.remote;
  x.request.id = name_ + '-' + std::to_string(++named_);
  x.request.socket = c.line.socket();
  x.request.body = &body;
  x.body = &body;

  bool closed = false;
  process_request(x, false, closed, nullptr);
  if (!x.handled)
    return c.refuse({400, "The request is malformed."});
  bool with_body = has_body(x.response) && x.request.method != "HEAD";
  c.answer(std::move(x.answered), std::move(x.response), with_body,
           {.close = x.close,
            .linger = x.keep_alive || body.unread() > 0,
            .unread = body.unread()});
}

void gate::front::ask(exchange& x) {
  x.handled = true;
  try {
    x.response = serve_(x.request);
  } catch (...) { // its text is not for strangers; the handler logs what it knows
    x.response = failure_answer(x.request.id);
  }
  if (x.response.status < 200 || x.response.status > 599)
    x.response = failure_answer(x.request.id);
  x.close = x.response.close || x.response.is_open_ended() || !x.keep_alive || stopping_ || x.body->is_uncertain()
            || x.body->unread() > drained_unasked;
}

} // namespace troupe::http
