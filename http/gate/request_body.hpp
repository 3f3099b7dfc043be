// A request's body, straight from the connection: the HTTP library never sees it.

#pragma once

#include "http/gate/connection.hpp"

#include <functional>

namespace troupe::http {

class request_body final : public body_source {
public:
  /// @param before_waiting  called before each wait for the client.
  request_body(connection& from, const request_head& head, const gate_limits& limits,
               std::function<void()> before_waiting);

  uint64_t length() const override { return length_; }
  bool read(const std::function<void(const char*, size_t)>& take) override;

  uint64_t unread() const { return unread_; }
  /// @returns whether the client may hold the body back for good: it asked first and
  ///          was not told to go on, or it left or was too slow.
  bool is_uncertain() const { return unread_ > 0 && (owes_continue_ || broken_); }

private:
  bool fetch();
  bool say_continue();
  bool wait();

  connection& from_;
  std::function<void()> before_waiting_;
  uint64_t length_, unread_;
  bool owes_continue_, broken_ = false;
  pace pace_;
};

} // namespace troupe::http
