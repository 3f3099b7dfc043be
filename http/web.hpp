// Requests and responses as plain values; no actor, no HTTP library.

#pragma once

#include "storage/failure.hpp"
#include "storage/pixels.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace troupe::http {

/// The body of a request, not read yet. Lives as long as the handler runs.
class body_source {
public:
  virtual ~body_source() = default;
  /// What Content-Length says; 0 without a body.
  virtual uint64_t length() const = 0;
  /// Hands the body over piece by piece (at most 64 KiB each).
  /// @returns false when the client left or was too slow; what `take` throws passes.
  virtual bool read(const std::function<void(const char*, size_t)>& take) = 0;
};

struct web_request {
  std::string method; ///< "GET", "POST" ...
  std::string path;   ///< percent-decoded, begins with '/'
  std::string prefix; ///< of a share, cut off the path: what own addresses begin with
  std::vector<std::string> segments; ///< of the path, decoded; none is "", "." or ".."
  std::vector<std::pair<std::string, std::string>> query; ///< decoded, in order
  std::map<std::string, std::string> headers;             ///< names in lower case
  std::map<std::string, std::string> captured; ///< path parameters, filled by the router
  std::optional<int64_t> group;                ///< only what is in it is wanted
  std::string token; ///< of the session, where a face has found it and checked its CSRF
  std::string share_key;     ///< who comes by a share, instead of a session's token
  bool for_visitors = false; ///< answered without a session too, by the public user's
  std::string base;          ///< of absolute addresses: scheme, host and prefix, no slash
  std::string remote;        ///< the peer's address, or the proxy's word for it
  std::string id;            ///< names the request in logs and problems
  int socket = -1;           ///< to see whether the client is still there
  body_source* body = nullptr;

  /// @returns the first value of that query key.
  std::optional<std::string_view> argument(std::string_view key) const;
  std::string_view header(std::string_view lower_case_name) const;
  std::optional<std::string> cookie(std::string_view name) const;
};

/// For a name in a header: letters, digits and "-._~" stay.
std::string percent_encoded(std::string_view text);

/// "attachment", with a name for old clients and one for those that know UTF-8
/// (RFC 6266).
std::string attachment_named(std::string_view name);

/// A body that is made while it is sent; its length is known beforehand, or open. Ends with the
/// response: what it holds, the client's leaving lets go of.
class body_stream {
public:
  /// The length of what goes on until somebody ends it; the connection ends with it.
  static constexpr uint64_t open_end = ~uint64_t{0};

  virtual ~body_stream() = default;
  virtual uint64_t length() const = 0;
  /// Called on one of the gate's threads; may wait.
  /// @returns the next bytes, at least one, or none at an open end. What it throws breaks
  /// the connection off, so that nobody takes a part for the whole.
  virtual shared_bytes next() = 0;
};

struct web_response {
  int status = 200;
  std::string type = {};   ///< Content-Type, empty = no body
  std::string text = {};   ///< the body ...
  shared_bytes bytes = {}; ///< ... or this, sent without a copy when not empty
  std::shared_ptr<body_stream> stream = {}; ///< ... or this
  std::vector<std::pair<std::string, std::string>> headers = {};
  bool close = false; ///< end the connection after it

  bool is_open_ended() const {
    return stream && stream->length() == body_stream::open_end;
  }
};

} // namespace troupe::http
