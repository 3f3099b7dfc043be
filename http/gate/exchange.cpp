#include "http/gate/exchange.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

thread_local exchange* latest = nullptr;

/// How the library hears of a method: of most it knows none.
std::string_view library_word(std::string_view method) {
  static constexpr std::string_view known[]{"GET",   "HEAD",   "POST",   "PUT",
                                            "PATCH", "DELETE", "OPTIONS"};
  const auto knows = std::find(std::begin(known), std::end(known), method);
  return knows == std::end(known) ? "OPTIONS" : *knows;
}

} // namespace

exchange::exchange(request_head head) : keep_alive{head.keep_alive} {
  latest = this;
  canonical_ =
    std::string{library_word(head.method)} + ' ' + head.raw_path + " HTTP/1.1\r\n\r\n";
  request.method = std::move(head.method);
  request.path = std::move(head.target.path);
  request.segments = std::move(head.target.segments);
  request.query = std::move(head.target.query);
  request.headers = std::move(head.headers);
}

exchange::~exchange() {
  latest = nullptr;
}

exchange* exchange::current() {
  return latest;
}

ssize_t exchange::read(char* into, size_t most) {
  auto count = canonical_.copy(into, most, read_);
  read_ += count;
  return static_cast<ssize_t>(count);
}

ssize_t exchange::write(const char* bytes, size_t count) {
  answered.append(bytes, count);
  return static_cast<ssize_t>(count);
}

} // namespace troupe::http
