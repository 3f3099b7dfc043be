#include "http/gate/listener.hpp"

#include "storage/failure.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace troupe::http {

namespace {

/// "[::1]:80" -> {"::1", "80"}
std::pair<std::string, std::string> split(const std::string& address) {
  auto colon = address.rfind(':');
  if (colon == std::string::npos)
    throw failure{errc::unavailable, "cannot listen on " + address + ": no port given"};
  auto host = address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']'))
    host = host.substr(1, host.size() - 2);
  return {host, address.substr(colon + 1)};
}

void set(int socket, int level, int option, int value) {
  ::setsockopt(socket, level, option, &value, sizeof value);
}

/// @returns -1 with errno set.
int bound(const addrinfo& where) {
  int socket = ::socket(where.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0)
    return -1;
  set(socket, SOL_SOCKET, SO_REUSEADDR, 1);
  if (where.ai_family == AF_INET6)
    set(socket, IPPROTO_IPV6, IPV6_V6ONLY, 0);
  // Accepted sockets inherit these. The second keeps the backlog in the kernel small, so
  // that a slow client's progress is seen.
  set(socket, IPPROTO_TCP, TCP_NODELAY, 1);
  set(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, 128 * 1024);
  if (::bind(socket, where.ai_addr, where.ai_addrlen) == 0 && ::listen(socket, 1024) == 0)
    return socket;
  int reason = errno;
  ::close(socket);
  errno = reason;
  return -1;
}

std::string text_of(const sockaddr_storage& peer) {
  char text[INET6_ADDRSTRLEN] = "";
  if (peer.ss_family == AF_INET)
    ::inet_ntop(AF_INET, &reinterpret_cast<const sockaddr_in&>(peer).sin_addr, text,
                sizeof text);
  if (peer.ss_family == AF_INET6)
    ::inet_ntop(AF_INET6, &reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr, text,
                sizeof text);
  std::string found{text};
  return found.starts_with("::ffff:") && found.find('.') != found.npos ? found.substr(7)
                                                                       : found;
}

} // namespace

listener::listener(const std::string& address) {
  auto [host, port] = split(address);
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  int wrong =
    ::getaddrinfo(host.empty() ? nullptr : host.c_str(), port.c_str(), &hints, &found);
  if (wrong)
    throw failure{errc::unavailable,
                  "cannot listen on " + address + ": " + ::gai_strerror(wrong)};
  std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> all{found, ::freeaddrinfo};
  for (auto* i = found; i && socket_ < 0; i = i->ai_next)
    socket_ = bound(*i);
  if (socket_ < 0)
    throw failure{errc::unavailable,
                  "cannot listen on " + address + ": " + std::strerror(errno)};
}

listener::~listener() {
  ::close(socket_);
}

std::optional<listener::client> listener::accept() {
  starved_ = false;
  for (;;) {
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    int socket = ::accept4(socket_, reinterpret_cast<sockaddr*>(&peer), &size,
                           SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket >= 0)
      return client{socket, text_of(peer)};
    switch (errno) {
      case EAGAIN: return std::nullopt;
      case EMFILE:
      case ENFILE:
      case ENOBUFS:
      case ENOMEM: starved_ = true; return std::nullopt;
      default: break; // that client's trouble, not ours: on to the next
    }
  }
}

int listener::port() const {
  sockaddr_storage own{};
  socklen_t size = sizeof own;
  ::getsockname(socket_, reinterpret_cast<sockaddr*>(&own), &size);
  return ntohs(own.ss_family == AF_INET6
                 ? reinterpret_cast<const sockaddr_in6&>(own).sin6_port
                 : reinterpret_cast<const sockaddr_in&>(own).sin_port);
}

} // namespace troupe::http
