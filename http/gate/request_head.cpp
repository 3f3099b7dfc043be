#include "http/gate/request_head.hpp"

#include <algorithm>
#include <optional>

namespace troupe::http {

namespace {

constexpr size_t none = std::string_view::npos;

bool is_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

bool is_token(std::string_view text) {
  auto allowed = [](char c) {
    return is_alphanumeric(c) || std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != none;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

namespace {

std::string lower(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return out;
}

std::string_view trimmed(std::string_view text) {
  auto first = text.find_first_not_of(" \t");
  if (first == none)
    return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool lists(std::string_view header, std::string_view token) {
  while (!header.empty()) {
    auto comma = header.find(',');
    if (lower(trimmed(header.substr(0, comma))) == token)
      return true;
    header.remove_prefix(comma == none ? header.size() : comma + 1);
  }
  return false;
}

using maybe_refusal = std::optional<refusal>;

/// "GET /path?query HTTP/1.1"
maybe_refusal parse_line(std::string_view line, const gate_limits& limits,
                         request_head& into, bool& http_1_0) {
  auto first = line.find(' '), last = line.rfind(' ');
  if (first == none || first == last)
    return refusal{400, "The request line is malformed."};
  auto method = line.substr(0, first);
  auto target = line.substr(first + 1, last - first - 1);
  auto version = line.substr(last + 1);
  if (!is_token(method) || target.find(' ') != none)
    return refusal{400, "The request line is malformed."};
  http_1_0 = version == "HTTP/1.0";
  if (!http_1_0 && version != "HTTP/1.1") {
    if (version.starts_with("HTTP/"))
      return refusal{505, "This server speaks HTTP/1.1."};
    return refusal{400, "The request line is malformed."};
  }
  // The second line is for folders in file managers: WebDAV, RFC 4918.
  static constexpr std::string_view known[]{
    "GET",      "HEAD",      "POST",  "PUT",  "PATCH", "DELETE", "OPTIONS",
    "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE",  "LOCK",   "UNLOCK"};
  if (std::find(std::begin(known), std::end(known), method) == std::end(known))
    return refusal{501, "This method is not implemented."};
  auto path = target.substr(0, target.find('?'));
  if (path.size() > limits.path_bytes)
    return refusal{414, "The path is too long."};
  auto parsed = target.find('#') == none ? parse_target(target) : std::nullopt;
  if (!parsed)
    return refusal{400, "The request target is malformed."};
  into.method = method;
  into.raw_path = path;
  into.target = std::move(*parsed);
  return std::nullopt;
}

maybe_refusal add_field(std::string_view line, request_head& into) {
  auto colon = line.find(':');
  if (colon == none || !is_token(line.substr(0, colon)))
    return refusal{400, "A header field is malformed."};
  auto name = lower(line.substr(0, colon));
  auto value = trimmed(line.substr(colon + 1));
  // The library's own names for the peer: nobody else may use them.
  if (name == "remote_addr" || name == "remote_port" || name == "local_addr"
      || name == "local_port")
    return refusal{400, "This header field may not be sent."};
  auto [place, is_new] = into.headers.emplace(name, value);
  if (is_new)
    return std::nullopt;
  if (name == "host" || name == "content-length")
    return refusal{400, "A header field is repeated."};
  place->second.append(name == "cookie" ? "; " : ", ").append(value);
  return std::nullopt;
}

maybe_refusal add_fields(std::string_view lines, const gate_limits& limits,
                         request_head& into) {
  for (size_t count = 1; !lines.starts_with("\r\n"); ++count) {
    auto end = lines.find("\r\n");
    if (end == none)
      return refusal{400, "A header field is malformed."};
    if (count > limits.fields)
      return refusal{431, "There are too many header fields."};
    if (auto wrong = add_field(lines.substr(0, end), into))
      return wrong;
    lines.remove_prefix(end + 2);
  }
  return std::nullopt;
}

/// How long the body is, and that everybody agrees on it.
maybe_refusal size_body(request_head& head) {
  auto of = [&](const char* name) {
    auto i = head.headers.find(name);
    return i == head.headers.end() ? nullptr : &i->second;
  };
  auto* length = of("content-length");
  if (of("transfer-encoding"))
    return length
             ? refusal{400, "Content-Length and Transfer-Encoding exclude each other."}
             : refusal{411, "Send the body with a Content-Length."};
  if (auto* encoding = of("content-encoding"); encoding && lower(*encoding) != "identity")
    return refusal{415, "Send the body without a Content-Encoding."};
  if (!length)
    return std::nullopt;
  if (length->empty() || length->size() > 15
      || length->find_first_not_of("0123456789") != none)
    return refusal{400, "Content-Length is no number."};
  head.body_length = std::stoull(*length);
  if (head.body_length > 0
      && (head.method == "GET" || head.method == "HEAD" || head.method == "OPTIONS"))
    return refusal{400, "This method takes no body."};
  return std::nullopt;
}

bool is_host(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_alphanumeric(c) || std::string_view{".-_~:[]%"}.find(c) != none;
  });
}

maybe_refusal settle(request_head& head, bool http_1_0) {
  if (auto i = head.headers.find("host"); i != head.headers.end()) {
    if (!is_host(i->second))
      return refusal{400, "The Host header field is malformed."};
  } else if (!http_1_0) {
    return refusal{400, "The Host header field is missing."};
  }
  head.keep_alive = !http_1_0;
  if (auto i = head.headers.find("connection"); i != head.headers.end())
    head.keep_alive = head.keep_alive && !lists(i->second, "close");
  if (auto i = head.headers.find("expect"); i != head.headers.end() && !http_1_0) {
    if (lower(i->second) != "100-continue")
      return refusal{417, "Only 100-continue can be expected."};
    head.expects_continue = head.body_length > 0;
  }
  return std::nullopt;
}

} // namespace

head_scanner::verdict head_scanner::look(std::string_view bytes, size_t most) {
  for (; seen_ < bytes.size(); ++seen_) {
    if (seen_ >= most)
      return has_line_ ? refuse(431, "The header is too large.")
                       : refuse(414, "The request line is too long.");
    char c = bytes[seen_], before = seen_ ? bytes[seen_ - 1] : ' ';
    auto code = static_cast<unsigned char>(c);
    if ((code < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F)
      return refuse(400, "The header holds a control character.");
    if ((c == '\n') != (before == '\r'))
      return refuse(400, "Lines end with CR LF.");
    if (c != '\n')
      continue;
    auto so_far = bytes.substr(0, seen_ + 1);
    if (so_far.ends_with("\r\n\r\n")) {
      ++seen_;
      return verdict::complete;
    }
    if (!has_line_ && so_far.rfind(" HTTP/") == none)
      return refuse(400, "The request line is malformed.");
    has_line_ = true;
  }
  return verdict::more;
}

head_scanner::verdict head_scanner::refuse(int status, const char* detail) {
  why_ = {status, detail};
  return verdict::refused;
}

std::variant<request_head, refusal> parse_head(std::string_view head,
                                               const gate_limits& limits) {
  request_head parsed;
  bool http_1_0 = false;
  auto end = head.find("\r\n");
  if (end == none)
    return refusal{400, "The request line is malformed."};
  if (auto wrong = parse_line(head.substr(0, end), limits, parsed, http_1_0))
    return *wrong;
  if (auto wrong = add_fields(head.substr(end + 2), limits, parsed))
    return *wrong;
  if (auto wrong = size_body(parsed))
    return *wrong;
  if (auto wrong = settle(parsed, http_1_0))
    return *wrong;
  return parsed;
}

} // namespace troupe::http
