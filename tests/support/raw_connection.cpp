#include "tests/support/raw_connection.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace troupe::test {

raw_connection::raw_connection(int port)
  : socket_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<uint16_t>(port));
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{30, 0};
  const int on = 1;
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&where), sizeof where) != 0) {
    ::close(socket_);
    throw std::runtime_error{"nobody listens"};
  }
}

raw_connection::~raw_connection() {
  ::close(socket_);
}

bool raw_connection::say(std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    text.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

int raw_connection::hear_status() {
  while (heard_.find("\r\n\r\n") == heard_.npos)
    if (!more())
      return 0;
  const auto status = std::stoi(heard_.substr(9, 3));
  heard_.erase(0, heard_.find("\r\n\r\n") + 4);
  return status;
}

bool raw_connection::has_answer() const {
  pollfd socket{socket_, POLLIN, 0};
  return !heard_.empty() || ::poll(&socket, 1, 0) > 0;
}

std::string raw_connection::hear_rest() {
  while (more())
    continue;
  return std::move(heard_);
}

void raw_connection::end_sending() {
  ::shutdown(socket_, SHUT_WR);
}

bool raw_connection::more() {
  char buffer[16 * 1024];
  const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    throw std::runtime_error{"nothing came for 30 s"};
  if (got <= 0)
    return false;
  heard_.append(buffer, static_cast<size_t>(got));
  return true;
}

} // namespace troupe::test
