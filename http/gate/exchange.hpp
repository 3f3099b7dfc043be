// One request and its answer on their way through the HTTP library. The library reads a
// head of our making (method and path, nothing else) and writes the head of the answer
// here; it sees neither the client's header fields nor any body, so none of its parsing
// of those is reachable from the network.

#pragma once

#include "http/gate/request_body.hpp"
#include "http/web.hpp"

#include <httplib.h>

namespace troupe::http {

class exchange final : public httplib::Stream {
public:
  explicit exchange(request_head head);
  ~exchange() override;
  /// @returns the latest of the calling thread: the library cannot carry it to its hooks.
  static exchange* current();

  web_request request;
  web_response response;
  bool keep_alive;      ///< what the client wishes
  bool close = false;   ///< what will be
  bool handled = false; ///< the library asked the handler
  request_body* body = nullptr;
  std::string answered; ///< the head of the answer

  // What the library reads and writes.
  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* into, size_t most) override;
  ssize_t write(const char* bytes, size_t count) override;
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return 0; }

private:
  std::string canonical_;
  size_t read_ = 0;
};

} // namespace troupe::http
