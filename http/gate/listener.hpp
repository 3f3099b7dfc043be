// The listening socket.

#pragma once

#include <optional>
#include <string>

namespace troupe::http {

class listener {
public:
  /// @param address  "127.0.0.1:4080", "[::1]:0", "localhost:4080"; port 0 takes a free
  /// one.
  /// @throws failure{unavailable} naming address and reason.
  explicit listener(const std::string& address);
  ~listener();
  listener(const listener&) = delete;
  listener& operator=(const listener&) = delete;

  struct client {
    int socket = -1;  ///< non-blocking; the caller's to close
    std::string peer; ///< its address, without the port
  };
  /// @returns nothing when nobody waits, or none can be taken now (see is_starved()).
  std::optional<client> accept();
  /// @returns whether the last accept() failed for want of descriptors or memory.
  bool is_starved() const { return starved_; }

  int socket() const { return socket_; }
  int port() const;

private:
  int socket_ = -1;
  bool starved_ = false;
};

} // namespace troupe::http
