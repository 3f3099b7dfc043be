#include "http/gate/tls.hpp"

#include "storage/failure.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace troupe::http {

namespace {

int no_password(char*, int, int, void*) {
  return 0;
}

[[noreturn]] void refuse(const std::string& what, const std::string& file) {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  throw failure{errc::unavailable,
                what + " " + file + ": " + (reason ? reason : "unknown reason")};
}

} // namespace

tls_context::tls_context(const std::string& certificate, const std::string& key)
  : context_{SSL_CTX_new(TLS_server_method()), SSL_CTX_free} {
  auto* context = context_.get();
  ERR_clear_error();
  if (!context)
    throw failure{errc::unavailable, "TLS cannot be set up"};
  SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE
                              | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER
                              | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_default_passwd_cb(context, no_password);
  if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1)
    refuse("certificate", certificate);
  if (SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) != 1
      || SSL_CTX_check_private_key(context) != 1)
    refuse("private key", key);
}

ssl_st* tls_context::accept_on(int socket) const {
  auto* tls = SSL_new(context_.get());
  if (tls && SSL_set_fd(tls, socket) != 1) {
    SSL_free(tls);
    return nullptr;
  }
  if (tls)
    SSL_set_accept_state(tls);
  return tls;
}

} // namespace troupe::http
