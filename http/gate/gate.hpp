// The only door for the network: accepts, parks idle connections in epoll, vets request
// heads, and lets the HTTP library speak only to complete, well-formed ones. The only
// folder that knows the HTTP library.

#pragma once

#include "http/web.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace troupe::http {

struct gate_limits {
  int min_threads = 2, max_threads = 512;
  size_t head_bytes = 32 * 1024, fields = 64, path_bytes = 4096;
  size_t connections = 4000;
  std::chrono::milliseconds idle{30'000}, head_time{10'000}, io{15'000};
  size_t slowest = 8 * 1024; ///< bytes a second a body must average after `io`
};

struct gate_figures {
  int64_t open = 0, idle_connections = 0, threads = 0, requests = 0, refused = 0;
};

class gate {
public:
  /// Answers one request; called on a gate thread, may block inside gate::blocking.
  /// What it throws becomes a plain 500 without text.
  using handler = std::function<web_response(web_request&)>;

  gate(gate_limits limits, handler serve);
  /// Stops without patience, then waits for handlers that still run.
  ~gate();

  /// Once.
  /// @param address  "127.0.0.1:4080", "[::1]:0"; port 0 takes a free one.
  /// @returns the port. @throws failure{unavailable} naming address and reason.
  int start(const std::string& address);
  /// Certificate chain and key in PEM files; before start().
  /// @throws failure{unavailable} naming the file and the reason.
  void use_tls(const std::string& certificate, const std::string& key);
  /// Stops accepting; requests under way may finish for at most `patience`; idle
  /// connections end at once. What is left then is broken off, which handlers see on
  /// web_request::socket.
  void stop(std::chrono::milliseconds patience);
  gate_figures figures() const;

  /// Around any wait inside a handler, so that other connections find a thread.
  struct blocking {
    explicit blocking(gate& g);
  };

private:
  class front;
  std::unique_ptr<front> front_;
};

/// One satisfiable byte range of `size`, the whole, or nothing (416).
struct byte_range {
  uint64_t offset = 0, length = 0;
  bool partial = false;
};
std::optional<byte_range> range_of(std::string_view header, uint64_t size);

} // namespace troupe::http
