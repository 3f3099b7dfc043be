#include "http/gate/channel.hpp"

#include <cerrno>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace troupe::http {

channel::channel(int socket, ssl_st* tls) : socket_{socket}, tls_{tls} {}

channel::~channel() {
  if (tls_)
    SSL_free(tls_);
  ::close(socket_);
}

namespace {

channel::progress after_call(ssize_t result) {
  if (result > 0)
    return {channel::outcome::done, static_cast<size_t>(result)};
  if (result < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    return {channel::outcome::later};
  return {channel::outcome::closed};
}

template <class Call>
channel::progress repeat_interrupted(Call call) {
  for (;;) {
    auto result = call();
    if (result >= 0 || errno != EINTR)
      return after_call(result);
  }
}

} // namespace

channel::progress channel::after_tls(int result, size_t bytes) {
  if (result == 1)
    return {outcome::done, bytes};
  switch (SSL_get_error(tls_, result)) {
    case SSL_ERROR_WANT_READ: return {outcome::later};
    case SSL_ERROR_WANT_WRITE: awaits_writing_ = true; return {outcome::later};
    case SSL_ERROR_ZERO_RETURN: return {outcome::closed};
    default: broken_ = true; return {outcome::closed};
  }
}

channel::progress channel::read(char* into, size_t most) {
  awaits_writing_ = false;
  if (!tls_)
    return repeat_interrupted([&] { return ::recv(socket_, into, most, 0); });
  size_t bytes = 0;
  ERR_clear_error();
  int result = SSL_read_ex(tls_, into, most, &bytes);
  return after_tls(result, bytes);
}

channel::progress channel::write(const iovec* pieces, int count) {
  if (!tls_) {
    msghdr message{};
    message.msg_iov = const_cast<iovec*>(pieces);
    message.msg_iovlen = static_cast<size_t>(count);
    auto got =
      repeat_interrupted([&] { return ::sendmsg(socket_, &message, MSG_NOSIGNAL); });
    awaits_writing_ = got.what == outcome::later;
    return got;
  }
  awaits_writing_ = false;
  size_t bytes = 0;
  ERR_clear_error();
  int result = SSL_write_ex(tls_, pieces->iov_base, pieces->iov_len, &bytes);
  return after_tls(result, bytes);
}

channel::progress channel::discard() {
  char scratch[16 * 1024];
  awaits_writing_ = false;
  return repeat_interrupted([&] { return ::recv(socket_, scratch, sizeof scratch, 0); });
}

bool channel::has_decrypted() const {
  return tls_ && !broken_ && SSL_has_pending(tls_);
}

bool channel::wait(std::chrono::milliseconds patience) const {
  pollfd ready{socket_, static_cast<short>(awaits_writing_ ? POLLOUT : POLLIN), 0};
  return ::poll(&ready, 1, static_cast<int>(patience.count())) > 0;
}

void channel::finish() {
  if (tls_ && !broken_) {
    ERR_clear_error();
    SSL_shutdown(tls_);
  }
  ::shutdown(socket_, SHUT_WR);
}

void channel::abort() const {
  ::shutdown(socket_, SHUT_RDWR);
}

} // namespace troupe::http
