#include "http/gate/request_head.hpp"

#include <doctest/doctest.h>

using namespace troupe::http;
using namespace std::string_view_literals;

namespace {

struct outcome {
  int status = 0; ///< 200 when the head is fine
  request_head head;
};

/// Scans and parses as the gate does, the bytes arriving in pieces of that size.
outcome look_at(std::string_view bytes, const gate_limits& limits = {},
                size_t piece = 1) {
  head_scanner scanner;
  for (size_t size = 0; size < bytes.size();) {
    size = std::min(bytes.size(), size + piece);
    switch (scanner.look(bytes.substr(0, size), limits.head_bytes)) {
      case head_scanner::verdict::more: continue;
      case head_scanner::verdict::refused: return {scanner.why().status, {}};
      case head_scanner::verdict::complete: break;
    }
    auto parsed = parse_head(bytes.substr(0, scanner.size()), limits);
    if (auto* why = std::get_if<refusal>(&parsed))
      return {why->status, {}};
    return {200, std::get<request_head>(parsed)};
  }
  return {};
}

outcome with(std::string_view lines, std::string_view method = "POST") {
  return look_at(std::string{method} + " /a HTTP/1.1\r\nHost: h\r\n" + std::string{lines}
                 + "\r\n");
}

int line(std::string_view text) {
  return look_at(std::string{text} + "\r\nHost: h\r\n\r\n").status;
}

} // namespace

TEST_CASE("head: a request is taken apart") {
  auto [status, head] =
    look_at("GET /a/b%20c?x=1 HTTP/1.1\r\nHost: h:80\r\nAccept:  */* \t\r\n"
            "Cookie: a=1\r\nX-Thing: one\r\ncookie: b=2\r\nX-THING: two\r\n"
            "Empty:\r\n\r\nleft over");
  REQUIRE(status == 200);
  CHECK(head.method == "GET");
  CHECK(head.raw_path == "/a/b%20c");
  CHECK(head.target.path == "/a/b c");
  CHECK(head.headers["accept"] == "*/*");
  CHECK(head.headers["cookie"] == "a=1; b=2");
  CHECK(head.headers["x-thing"] == "one, two");
  CHECK(head.headers.at("empty").empty());
  CHECK(head.body_length == 0);
  CHECK(head.keep_alive);
}

TEST_CASE("head: values are not percent-decoded") {
  auto [status, head] = with("X-Name: a%0d%0ab%00\r\n", "GET");
  REQUIRE(status == 200);
  CHECK(head.headers["x-name"] == "a%0d%0ab%00");
}

TEST_CASE("head: the end is found however the bytes arrive") {
  std::string text = "GET / HTTP/1.1\r\nHost: h\r\n\r\nGET /next";
  for (size_t piece : {1, 2, 3, 7, 1000})
    CHECK(look_at(text, {}, piece).status == 200);
  for (size_t size = 0; size < text.find("GET /next"); ++size)
    CHECK(look_at(text.substr(0, size)).status == 0);
}

TEST_CASE("head: what is no HTTP is refused at once") {
  CHECK(look_at("\x16\x03\x01\x02\x00\x01"sv).status == 400); // a TLS client's hello
  CHECK(look_at("GET /\r\n").status == 400);                  // HTTP/0.9
  CHECK(look_at("hello\r\n").status == 400);
  CHECK(look_at("GET / HTTP/1.1\n").status == 400);
  CHECK(look_at("GET / HTTP/1.1\rX").status == 400);
  CHECK(look_at("GET / HTTP/1.1\r\r\n").status == 400);
  CHECK(look_at("GET / HTTP/1.1\r\nHost: h\n").status == 400);
  CHECK(look_at("GET / HTTP/1.1\r\nA: b\0c\r\n"sv).status == 400);
  CHECK(look_at("GET / HTTP/1.1\r\nA: b\x01\r\n").status == 400);
  CHECK(look_at("GET / HTTP/1.1\r\nA: b\x7f\r\n").status == 400);
}

TEST_CASE("head: request lines have three parts") {
  CHECK(line("GET / HTTP/1.1") == 200);
  CHECK(line("GET / HTTP/1.0") == 200);
  for (auto* wrong :
       {"GET  / HTTP/1.1", "GET / a HTTP/1.1", " GET / HTTP/1.1", "GET /a\tb c HTTP/1.1",
        "GET HTTP/1.1", "G@T / HTTP/1.1", "GET http://other/ HTTP/1.1",
        "GET /a#b HTTP/1.1", "OPTIONS * HTTP/1.1", "GET / HTTP/1.1 ", "GET /%zz HTTP/1.1",
        "GET / http/1.1 HTTP/1.1"})
    CHECK_MESSAGE(line(wrong) == 400, wrong);
  for (auto* other :
       {"GET / HTTP/2.0", "PRI * HTTP/2.0", "GET / HTTP/1.2", "GET / HTTP/11"})
    CHECK_MESSAGE(line(other) == 505, other);
}

TEST_CASE("head: methods") {
  for (auto* known :
       {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "MOVE"})
    CHECK(line(std::string{known} + " / HTTP/1.1") == 200);
  for (auto* unknown : {"TRACE", "CONNECT", "propfind", "get", "FOO"})
    CHECK(line(std::string{unknown} + " / HTTP/1.1") == 501);
}

TEST_CASE("head: sizes are limited") {
  gate_limits limits;
  auto get = [&](const std::string& target, const std::string& lines = "") {
    return look_at("GET " + target + " HTTP/1.1\r\nHost: h\r\n" + lines + "\r\n", limits,
                   4096)
      .status;
  };
  CHECK(get("/" + std::string(4095, 'p')) == 200);
  CHECK(get("/" + std::string(4096, 'p')) == 414);
  CHECK(get("/?q=" + std::string(16 * 1024, 'q')) == 200);
  CHECK(get("/?q=" + std::string(33 * 1024, 'q')) == 414);
  CHECK(get("/", "A: " + std::string(30 * 1024, 'a') + "\r\n") == 200);
  CHECK(get("/", "A: " + std::string(33 * 1024, 'a') + "\r\n") == 431);
  std::string fields;
  for (int i = 0; i < 63; ++i)
    fields += "A" + std::to_string(i) + ": b\r\n";
  CHECK(get("/", fields) == 200);
  CHECK(get("/", fields + "One-More: b\r\n") == 431);
}

TEST_CASE("head: fields are well formed") {
  for (auto* wrong :
       {"A : b\r\n", ": b\r\n", "A\r\n", " A: b\r\n", "A: b\r\n folded\r\n",
        "A: b\r\n\tfolded\r\n", "A b: c\r\n", "\"A\": b\r\n", "A(x): b\r\n"})
    CHECK_MESSAGE(with(wrong, "GET").status == 400, wrong);
}

TEST_CASE("head: nobody else says who the peer is") {
  for (auto* name : {"REMOTE_ADDR", "remote_port", "Local_Addr", "LOCAL_PORT"})
    CHECK(with(std::string{name} + ": 10.0.0.1\r\n", "GET").status == 400);
}

TEST_CASE("head: one host") {
  CHECK(look_at("GET / HTTP/1.1\r\n\r\n").status == 400);
  CHECK(look_at("GET / HTTP/1.0\r\n\r\n").status == 200);
  CHECK(with("Host: other\r\n").status == 400);
  for (auto* wrong : {"a/b", "a b", "user@h", "h?x", "h,i", "<h>"})
    CHECK_MESSAGE(
      look_at("GET / HTTP/1.1\r\nHost: " + std::string{wrong} + "\r\n\r\n").status == 400,
      wrong);
  for (auto* fine : {"h", "h:1", "[::1]:4080", "images.example.org", ""})
    CHECK(look_at("GET / HTTP/1.1\r\nHost: " + std::string{fine} + "\r\n\r\n").status
          == 200);
}

TEST_CASE("head: bodies have one plain length") {
  CHECK(with("Content-Length: 12\r\n").head.body_length == 12);
  CHECK(with("Content-Length: 999999999999999\r\n").head.body_length
        == 999'999'999'999'999);
  CHECK(with("").status == 200);
  for (auto* wrong : {"-1", "+1", "0x10", "1 2", "1,1", "", "1e3", "9999999999999999",
                      "18446744073709551616", "12;x"})
    CHECK_MESSAGE(with("Content-Length: " + std::string{wrong} + "\r\n").status == 400,
                  wrong);
  CHECK(with("Content-Length: 1\r\nContent-Length: 1\r\n").status == 400);
  CHECK(with("Content-Length: 1\r\ncontent-length: 2\r\n").status == 400);
}

TEST_CASE("head: no chunked bodies, and no two ways to see the end") {
  CHECK(with("Transfer-Encoding: chunked\r\n").status == 411);
  CHECK(with("Transfer-Encoding: identity\r\n").status == 411);
  CHECK(with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n").status == 400);
  CHECK(with("Content-Length: 5\r\nTransfer-Encoding: x\r\n").status == 400);
  CHECK(with("Transfer-Encoding: chunked\r\n", "GET").status == 411);
}

TEST_CASE("head: bodies belong to methods that have one") {
  for (auto* method : {"GET", "HEAD", "OPTIONS"}) {
    CHECK(with("Content-Length: 1\r\n", method).status == 400);
    CHECK(with("Content-Length: 0\r\n", method).status == 200);
  }
  for (auto* method : {"POST", "PUT", "PATCH", "DELETE"})
    CHECK(with("Content-Length: 1\r\n", method).status == 200);
}

TEST_CASE("head: no encoded bodies") {
  CHECK(with("Content-Encoding: gzip\r\nContent-Length: 5\r\n").status == 415);
  CHECK(with("Content-Encoding: br\r\nContent-Length: 5\r\n").status == 415);
  CHECK(with("Content-Encoding: identity\r\nContent-Length: 5\r\n").status == 200);
}

TEST_CASE("head: who keeps the connection") {
  CHECK(with("").head.keep_alive);
  CHECK(with("Connection: keep-alive\r\n").head.keep_alive);
  CHECK_FALSE(with("Connection: close\r\n").head.keep_alive);
  CHECK_FALSE(with("Connection: Upgrade , CLOSE\r\n").head.keep_alive);
  CHECK(with("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n").head.keep_alive);
  CHECK_FALSE(look_at("GET / HTTP/1.0\r\n\r\n").head.keep_alive);
}

TEST_CASE("head: expectations") {
  CHECK(with("Expect: 100-Continue\r\nContent-Length: 5\r\n").head.expects_continue);
  CHECK_FALSE(with("Expect: 100-continue\r\n").head.expects_continue);
  CHECK(with("Expect: cookies\r\n").status == 417);
}
