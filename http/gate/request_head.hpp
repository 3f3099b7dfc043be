// Request heads: found in the bytes that arrive, vetted, taken apart. No I/O.

#pragma once

#include "http/gate/gate.hpp"
#include "http/gate/target.hpp"

#include <map>
#include <string>
#include <string_view>
#include <variant>

namespace troupe::http {

/// @returns whether it can be a method or the name of a field.
bool is_token(std::string_view text);

/// What the gate answers itself, without asking the handler.
struct refusal {
  int status = 0;
  const char* detail = ""; ///< plain ASCII, needs no escaping
};

/// Finds the end of a head while its bytes arrive. Looks at each byte once and refuses
/// at the first that cannot be part of a head: what a TLS client says, HTTP/0.9, bare CR
/// and LF, NUL.
class head_scanner {
public:
  enum class verdict { more, complete, refused };

  /// @param bytes  all that came so far, the same as last time and more.
  verdict look(std::string_view bytes, size_t most);
  size_t size() const { return seen_; } ///< of the complete head
  refusal why() const { return why_; }

private:
  verdict refuse(int status, const char* detail);

  size_t seen_ = 0;
  bool has_line_ = false;
  refusal why_;
};

struct request_head {
  std::string method;
  std::string raw_path; ///< still escaped, without the query
  request_target target;
  std::map<std::string, std::string> headers; ///< lower-case names; repeated ones joined
  uint64_t body_length = 0;
  bool keep_alive = true;
  bool expects_continue = false;
};

/// @param head  ends with the empty line.
/// Sized bodies only, and only on POST, PUT, PATCH and DELETE: a request whose end two
/// parties could see differently is refused (RFC 9112, section 6.3 and 11.2).
std::variant<request_head, refusal> parse_head(std::string_view head,
                                               const gate_limits& limits);

} // namespace troupe::http
