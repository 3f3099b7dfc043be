#include "http/gate/answer.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>

namespace troupe::http {

namespace {

const char* phrase_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 408: return "Request Timeout";
    case 411: return "Length Required";
    case 414: return "URI Too Long";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 431: return "Request Header Fields Too Large";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
  }
  return "Internal Server Error";
}

std::string problem(int status, const std::string& last_member) {
  return "{\"type\":\"about:blank\",\"title\":\"" + std::string{phrase_of(status)}
         + "\",\"status\":" + std::to_string(status) + "," + last_member + "}";
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", the same in every locale.
std::string http_date(std::time_t now) {
  static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[64];
  std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT",
                days[static_cast<size_t>(utc.tm_wday)], utc.tm_mday,
                months[static_cast<size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                utc.tm_min, utc.tm_sec);
  return text;
}

const std::string& date_now() {
  thread_local std::time_t second = 0;
  thread_local std::string text;
  if (auto now = std::time(nullptr); now != second) {
    second = now;
    text = http_date(now);
  }
  return text;
}

bool same_name(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    auto low = [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; };
    return low(x) == low(y);
  });
}

bool is_ours(std::string_view name) {
  static constexpr std::string_view ours[]{
    "connection", "content-length",    "content-type", "date",
    "keep-alive", "transfer-encoding", "upgrade"};
  return std::any_of(std::begin(ours), std::end(ours),
                     [&](auto& known) { return same_name(name, known); });
}

bool is_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7F : c == '\t';
  });
}

} // namespace

std::string refusal_text(const refusal& why) {
  auto body = problem(why.status, "\"detail\":\"" + std::string{why.detail} + "\"");
  return "HTTP/1.1 " + std::to_string(why.status) + " " + phrase_of(why.status)
         + "\r\nDate: " + date_now() + (why.status == 503 ? "\r\nRetry-After: 5" : "")
         + "\r\nConnection: close\r\nContent-Type: application/problem+json"
         + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

web_response failure_answer(const std::string& request_id) {
  web_response answer;
  answer.status = 500;
  answer.type = "application/problem+json";
  answer.text =
    problem(500, R"("detail":"an error of the server, see its log","request":")"
                   + request_id + "\"");
  return answer;
}

bool has_body(const web_response& response) {
  return !response.type.empty() && response.status != 204 && response.status != 304;
}

std::vector<std::pair<std::string, std::string>> fields_of(const web_response& response,
                                                           bool close) {
  std::vector<std::pair<std::string, std::string>> fields;
  for (auto& [name, value] : response.headers)
    if (is_token(name) && is_value(value) && !is_ours(name))
      fields.emplace_back(name, value);
  if (has_body(response)) {
    if (is_value(response.type))
      fields.emplace_back("Content-Type", response.type);
    const uint64_t size = response.stream         ? response.stream->length()
                          : response.bytes.size() ? response.bytes.size()
                                                  : response.text.size();
    if (!response.is_open_ended())
      fields.emplace_back("Content-Length", std::to_string(size));
  } else if (response.status != 204 && response.status != 304) {
    fields.emplace_back("Content-Length", "0");
  }
  if (close)
    fields.emplace_back("Connection", "close");
  fields.emplace_back("Date", date_now());
  return fields;
}

} // namespace troupe::http
