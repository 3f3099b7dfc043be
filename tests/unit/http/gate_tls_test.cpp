// The gate behind its own certificate.

#include "tests/unit/http/gate_client.hpp"

#include "storage/failure.hpp"

#include <cstdio>
#include <doctest/doctest.h>
#include <memory>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <thread>

using namespace troupe;
using namespace troupe::test;
using namespace std::string_view_literals;
using http::web_request;
using http::web_response;

namespace {

template <auto Free>
struct freed {
  template <class T>
  void operator()(T* x) const {
    Free(x);
  }
};

/// A certificate for "localhost", signed by its own key, in two files.
struct certificate {
  std::string folder, chain, key;

  certificate() {
    char name[] = "/tmp/gate-tls-XXXXXX";
    folder = ::mkdtemp(name);
    chain = folder + "/chain.pem";
    key = folder + "/key.pem";
    std::unique_ptr<EVP_PKEY, freed<EVP_PKEY_free>> pair{EVP_EC_gen("P-256")};
    std::unique_ptr<X509, freed<X509_free>> made{X509_new()};
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), 3600);
    X509_set_pubkey(made.get(), pair.get());
    auto* who = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(who, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1,
                               -1, 0);
    X509_set_issuer_name(made.get(), who);
    X509_sign(made.get(), pair.get(), EVP_sha256());
    write(chain, [&](FILE* f) { PEM_write_X509(f, made.get()); });
    write(key, [&](FILE* f) {
      PEM_write_PrivateKey(f, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
  }
  ~certificate() {
    ::unlink(chain.c_str());
    ::unlink(key.c_str());
    ::rmdir(folder.c_str());
  }

private:
  static void write(const std::string& path, const std::function<void(FILE*)>& content) {
    std::unique_ptr<FILE, freed<std::fclose>> file{std::fopen(path.c_str(), "w")};
    content(file.get());
  }
};

/// A client that trusts everybody.
class tls_wire {
public:
  explicit tls_wire(int port, int newest = TLS1_3_VERSION)
    : line_{port},
      context_{SSL_CTX_new(TLS_client_method())} {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_max_proto_version(context_.get(), newest);
    tls_.reset(SSL_new(context_.get()));
    SSL_set_fd(tls_.get(), line_.socket());
    greeted_ = SSL_connect(tls_.get()) == 1;
    ERR_clear_error();
  }
  bool is_greeted() const { return greeted_; }

  bool say(std::string_view text) {
    return SSL_write(tls_.get(), text.data(), static_cast<int>(text.size())) > 0;
  }
  /// @returns the first `size` bytes of what follows the head.
  std::string hear(size_t size) {
    auto head_end = [&] { return kept_.find("\r\n\r\n"); };
    while (head_end() == kept_.npos || kept_.size() < head_end() + 4 + size) {
      char buffer[16 * 1024];
      int got = SSL_read(tls_.get(), buffer, sizeof buffer);
      if (got <= 0)
        return "";
      kept_.append(buffer, static_cast<size_t>(got));
    }
    auto body = kept_.substr(head_end() + 4, size);
    head = kept_.substr(0, head_end() + 4);
    kept_.erase(0, head.size() + size);
    return body;
  }
  bool is_over() {
    char byte;
    return SSL_read(tls_.get(), &byte, 1) <= 0;
  }
  std::string head;

private:
  wire line_;
  std::unique_ptr<SSL_CTX, freed<SSL_CTX_free>> context_;
  std::unique_ptr<SSL, freed<SSL_free>> tls_;
  bool greeted_ = false;
  std::string kept_;
};

/// Answers with as many bytes as it got.
struct tls_world {
  certificate files;
  http::gate gate;
  int port = 0;
  explicit tls_world(http::gate_limits limits = {})
    : gate{limits, [](web_request& in) {
             std::string all;
             in.body->read([&](const char* bytes, size_t n) { all.append(bytes, n); });
             return gate_world::text(all.empty() ? "hello" : all);
           }} {
    gate.use_tls(files.chain, files.key);
    port = gate.start("127.0.0.1:0");
  }
};

} // namespace

TEST_CASE("tls: requests, kept connections, pipelining") {
  tls_world world;
  tls_wire client{world.port};
  REQUIRE(client.is_greeted());
  for (int i = 0; i < 5; ++i) {
    client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
    CHECK(client.hear(5) == "hello");
  }
  std::string burst;
  for (int i = 0; i < 40; ++i)
    burst += "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  client.say(burst);
  for (int i = 0; i < 40; ++i)
    CHECK(client.hear(5) == "hello");
  CHECK(world.gate.figures().requests == 45);
}

TEST_CASE("tls: large bodies both ways") {
  tls_world world;
  tls_wire client{world.port};
  std::string body(3'000'000, ' ');
  for (size_t i = 0; i < body.size(); ++i)
    body[i] = static_cast<char>(i * 13 >> 4);
  client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3000000\r\n\r\n" + body);
  CHECK(client.hear(body.size()) == body);
}

TEST_CASE("tls: the connection ends properly") {
  tls_world world;
  tls_wire client{world.port};
  client.say("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  CHECK(client.hear(5) == "hello");
  CHECK(client.is_over());
  tls_wire wrong{world.port};
  wrong.say("garbage\r\n");
  wrong.hear(0);
  CHECK(wrong.head.starts_with("HTTP/1.1 400 "));
}

TEST_CASE("tls: 1.2 is spoken, 1.1 is not") {
  tls_world world;
  tls_wire fine{world.port, TLS1_2_VERSION};
  CHECK(fine.is_greeted());
  fine.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(fine.hear(5) == "hello");
  tls_wire old{world.port, TLS1_1_VERSION};
  CHECK_FALSE(old.is_greeted());
}

TEST_CASE("tls: who speaks plainly is shown out") {
  tls_world world;
  wire client{world.port};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.is_over());
  CHECK(comes_true([&] { return world.gate.figures().open == 0; }));
  CHECK(world.gate.figures().requests == 0);
}

TEST_CASE("tls: half a greeting holds no thread, and has its time") {
  tls_world world{{.min_threads = 1, .max_threads = 1, .head_time = 1500ms}};
  wire half{world.port};
  half.say("\x16\x03\x01\x02\x00\x01"sv);
  tls_wire client{world.port};
  client.say("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
  CHECK(client.hear(5) == "hello");
  CHECK(half.is_over());
}

TEST_CASE("tls: who leaves in the middle of an answer does no harm") {
  tls_world world;
  std::string body(2'000'000, 'x');
  for (int i = 0; i < 5; ++i) {
    tls_wire client{world.port};
    client.say("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n" + body);
  }
  CHECK(comes_true([&] { return world.gate.figures().open == 0; }));
}

TEST_CASE("tls: connections beyond the limit are told") {
  tls_world world{{.connections = 1}};
  tls_wire inside{world.port}, surplus{world.port};
  REQUIRE(surplus.is_greeted());
  surplus.hear(0);
  CHECK(surplus.head.starts_with("HTTP/1.1 503 "));
}

TEST_CASE("tls: wrong files are named") {
  certificate files, others;
  http::gate gate{{}, [](web_request&) { return web_response{}; }};
  auto trouble_of = [&](const std::string& chain, const std::string& key) -> std::string {
    try {
      gate.use_tls(chain, key);
    } catch (const failure& e) {
      CHECK(e.code == errc::unavailable);
      return e.what();
    }
    return "";
  };
  CHECK(trouble_of("/no/such", files.key).find("certificate /no/such: ") == 0);
  CHECK(trouble_of(files.chain, "/no/such").find("private key /no/such: ") == 0);
  CHECK(trouble_of(files.chain, others.key).find("private key " + others.key) == 0);
  CHECK(trouble_of(files.chain, files.key).empty());
}
