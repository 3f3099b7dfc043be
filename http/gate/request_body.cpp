#include "http/gate/request_body.hpp"

namespace troupe::http {

namespace {

constexpr size_t piece = 64 * 1024;

} // namespace

request_body::request_body(connection& from, const request_head& head,
                           const gate_limits& limits,
                           std::function<void()> before_waiting)
  : from_{from},
    before_waiting_{std::move(before_waiting)},
    length_{head.body_length},
    unread_{length_},
    owes_continue_{head.expects_continue},
    pace_{limits.io, limits.slowest} {}

bool request_body::read(const std::function<void(const char*, size_t)>& take) {
  while (unread_ > 0) {
    if (broken_ || (from_.input().empty() && !fetch())) {
      broken_ = true;
      return false;
    }
    auto bytes = from_.input().substr(0, std::min<uint64_t>(unread_, piece));
    unread_ -= bytes.size();
    // Taken only afterwards, since `bytes` lives in the input; also when it throws.
    struct eater {
      connection& from;
      size_t size;
      ~eater() { from.take(size); }
    } after{from_, bytes.size()};
    take(bytes.data(), bytes.size());
  }
  return true;
}

bool request_body::fetch() {
  if (owes_continue_ && !say_continue())
    return false;
  for (;;) {
    auto got = from_.fill(std::min<uint64_t>(unread_, piece));
    if (got.what == channel::outcome::done) {
      pace_.moved(got.bytes);
      return true;
    }
    if (got.what == channel::outcome::closed || !wait())
      return false;
  }
}

bool request_body::say_continue() {
  owes_continue_ = false;
  std::string_view words = "HTTP/1.1 100 Continue\r\n\r\n";
  while (!words.empty()) {
    iovec all{const_cast<char*>(words.data()), words.size()};
    auto got = from_.line.write(&all, 1);
    if (got.what == channel::outcome::closed
        || (got.what == channel::outcome::later && !wait()))
      return false;
    words.remove_prefix(got.bytes);
  }
  return true;
}

bool request_body::wait() {
  before_waiting_();
  auto began = pace::clock::now();
  bool ready = from_.line.wait(pace_.patience());
  pace_.waited(pace::clock::now() - began);
  return ready;
}

} // namespace troupe::http
