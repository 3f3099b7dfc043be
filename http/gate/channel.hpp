// One client's socket, plain or TLS. Nothing here waits, except `wait`.

#pragma once

#include <chrono>
#include <cstddef>
#include <sys/uio.h>

struct ssl_st;

namespace troupe::http {

class channel {
public:
  enum class outcome {
    done,  ///< some bytes went through
    later, ///< nothing now; see awaits_writing()
    closed ///< the other side ended it, or it broke
  };
  struct progress {
    outcome what = outcome::closed;
    size_t bytes = 0;
  };

  /// Takes both over.
  /// @param socket  a connected, non-blocking one.
  /// @param tls     null for a plain connection.
  channel(int socket, ssl_st* tls);
  ~channel();
  channel(const channel&) = delete;
  channel& operator=(const channel&) = delete;

  progress read(char* into, size_t most);
  /// Plain: everything in one call to the kernel.
  progress write(const iovec* pieces, int count);
  /// Throws away what the client sends, below TLS.
  progress discard();

  /// @returns whether read() would find bytes that poll() does not see.
  bool has_decrypted() const;
  bool awaits_writing() const { return awaits_writing_; }
  /// Waits until what answered `later` is worth another try.
  /// @returns false when the time is over.
  bool wait(std::chrono::milliseconds patience) const;
  /// Tells the client that nothing follows.
  void finish();
  /// Breaks the connection off. The one function for other threads.
  void abort() const;

  int socket() const { return socket_; }
  bool is_tls() const { return tls_ != nullptr; }

private:
  progress after_tls(int result, size_t bytes);

  int socket_;
  ssl_st* tls_;
  bool awaits_writing_ = false;
  bool broken_ = false; ///< TLS failed; it must not be used again
};

} // namespace troupe::http
