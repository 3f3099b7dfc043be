// A client that says exactly what it is told, byte by byte, and a gate to say it to.

#pragma once

#include "http/gate/gate.hpp"

#include <arpa/inet.h>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace troupe::test {

using namespace std::chrono_literals;

/// What came back for one request.
struct heard {
  int status = 0;                             ///< 0: the connection ended first
  std::map<std::string, std::string> headers; ///< lower-case names
  std::string head, body;
  bool closes() const {
    auto i = headers.find("connection");
    return i != headers.end() && i->second == "close";
  }
};

/// A connection to 127.0.0.1. Waits 20 s for anything, then throws.
class wire {
public:
  explicit wire(int port) : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(static_cast<uint16_t>(port));
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    timeval patience{20, 0};
    int on = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where)) {
      ::close(socket_);
      throw std::runtime_error{"nobody listens"};
    }
  }
  wire(wire&& other) noexcept
    : socket_{std::exchange(other.socket_, -1)},
      kept_{std::move(other.kept_)} {}
  ~wire() {
    if (socket_ >= 0)
      ::close(socket_);
  }

  /// @returns false when the connection is broken.
  bool say(std::string_view text) {
    while (!text.empty()) {
      auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0)
        return false;
      text.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }

  /// @param bodiless  the answer is to a HEAD.
  heard hear(bool bodiless = false) {
    heard answer;
    while (kept_.find("\r\n\r\n") == kept_.npos)
      if (!more())
        return answer;
    auto end = kept_.find("\r\n\r\n") + 4;
    answer.head = kept_.substr(0, end);
    kept_.erase(0, end);
    answer.status = std::stoi(answer.head.substr(9, 3));
    for (size_t at = answer.head.find("\r\n") + 2; at + 2 < end;) {
      auto line_end = answer.head.find("\r\n", at);
      auto colon = answer.head.find(':', at);
      auto name = answer.head.substr(at, colon - at);
      for (char& c : name)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      answer.headers[name] = answer.head.substr(colon + 2, line_end - colon - 2);
      at = line_end + 2;
    }
    if (bodiless || !answer.headers.contains("content-length"))
      return answer;
    auto length = std::stoull(answer.headers["content-length"]);
    while (kept_.size() < length && more())
      continue;
    answer.body = kept_.substr(0, length);
    kept_.erase(0, answer.body.size());
    return answer;
  }

  heard ask(std::string_view text, bool bodiless = false) {
    say(text);
    return hear(bodiless);
  }

  /// @returns whether the other side ends the connection, with nothing more to read.
  bool is_over() {
    while (kept_.empty())
      if (!more())
        return true;
    return false;
  }
  /// @returns all that comes until the other side ends the connection.
  std::string rest() {
    while (more())
      continue;
    return std::exchange(kept_, {});
  }
  void end_sending() { ::shutdown(socket_, SHUT_WR); }
  int socket() const { return socket_; }

private:
  bool more() {
    char buffer[16 * 1024];
    auto got = ::recv(socket_, buffer, sizeof buffer, 0);
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
      throw std::runtime_error{"nothing came for 20 s"};
    if (got <= 0)
      return false;
    kept_.append(buffer, static_cast<size_t>(got));
    return true;
  }

  int socket_;
  std::string kept_;
};

/// A gate on a free port. Remembers the last request; answers 200 "text/plain" "hello"
/// unless told otherwise.
struct gate_world {
  using handler = std::function<http::web_response(http::web_request&)>;

  explicit gate_world(http::gate_limits limits = {}, handler answer = {})
    : answer_{std::move(answer)},
      gate{limits, [this](http::web_request& in) { return serve(in); }} {
    port = gate.start("127.0.0.1:0");
  }

  heard ask(std::string_view text) { return wire{port}.ask(text); }
  /// @returns the status for "GET / HTTP/1.1" with these lines after the Host's.
  heard get(std::string_view target, std::string_view lines = "") {
    return ask("GET " + std::string{target} + " HTTP/1.1\r\nHost: here\r\n"
               + std::string{lines} + "\r\n");
  }
  http::web_request last() {
    std::lock_guard lock{mutex_};
    return last_;
  }

  static http::web_response text(std::string words, int status = 200) {
    http::web_response answer;
    answer.status = status;
    answer.type = "text/plain";
    answer.text = std::move(words);
    return answer;
  }

private:
  http::web_response serve(http::web_request& in) {
    {
      std::lock_guard lock{mutex_};
      last_ = in;
    }
    return answer_ ? answer_(in) : text("hello");
  }

  handler answer_;
  std::mutex mutex_;
  http::web_request last_;

public:
  http::gate gate;
  int port = 0;
};

/// Lets this process open so many descriptors. @returns false when it may not.
inline bool allow_descriptors(rlim_t count) {
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur >= count)
    return true;
  limit.rlim_cur = std::min(count, limit.rlim_max);
  return ::setrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= count;
}

/// Tries again until it holds, for 20 s: for what becomes true by itself.
inline bool comes_true(const std::function<bool()>& condition) {
  auto until = std::chrono::steady_clock::now() + 20s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until)
      return false;
    ::usleep(2000);
  }
  return true;
}

} // namespace troupe::test
