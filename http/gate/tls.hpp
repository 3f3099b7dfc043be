// The certificate of the server, and TLS on accepted sockets.

#pragma once

#include <memory>
#include <string>

struct ssl_ctx_st;
struct ssl_st;

namespace troupe::http {

class tls_context {
public:
  /// TLS 1.2 and later. PEM files; the key must not ask for a password.
  /// @throws failure{unavailable} naming the file and the reason.
  tls_context(const std::string& certificate, const std::string& key);

  /// @returns the server's side on that socket, null without memory.
  ssl_st* accept_on(int socket) const;

private:
  std::shared_ptr<ssl_ctx_st> context_;
};

} // namespace troupe::http
