// A connection that says exactly what it is told.

#pragma once

#include <string>
#include <string_view>

namespace troupe::test {

/// To 127.0.0.1. Waits 30 s for anything, then throws.
class raw_connection {
public:
  explicit raw_connection(int port);
  ~raw_connection();
  raw_connection(const raw_connection&) = delete;
  raw_connection& operator=(const raw_connection&) = delete;

  /// @returns false when the connection is broken.
  bool say(std::string_view text);
  /// @returns the status of the next answer, 0 when the connection ended without one.
  int hear_status();
  /// @returns whether an answer, or the end, has begun to arrive.
  bool has_answer() const;
  /// @returns all that comes until the connection ends.
  std::string hear_rest();
  void end_sending();

private:
  bool more();

  int socket_;
  std::string heard_;
};

} // namespace troupe::test
