#include "schema/password.hpp"

#include "storage/failure.hpp"

#include <sodium.h>

#include <array>

namespace troupe {

namespace {

constexpr unsigned long long passes = 2;
constexpr size_t memory = size_t{19} << 20;

void start_sodium() {
  static const bool ready = sodium_init() >= 0;
  if (!ready)
    throw failure{errc::internal, "no source of random numbers"};
}

bool is_secret(const std::string& text) {
  return text.size() < crypto_pwhash_STRBYTES && text.find('\0') == std::string::npos
         && crypto_pwhash_str_needs_rehash(text.c_str(), passes, memory) >= 0;
}

// Of random bytes nobody knows: verifying against it takes as long as against a real one.
const std::string decoy = "$argon2id$v=19$m=19456,t=2,p=1$Loj+kunbBNP2rR6xfJmqDQ$"
                          "SAJgQDU4/Jjxkn6mreo5uY7ODXSUjC+bQCDZC2vfnlE";

bool verify(std::string_view password, const std::string& secret) {
  return crypto_pwhash_str_verify(secret.c_str(), password.data(), password.size()) == 0;
}

} // namespace

std::string hash_password(std::string_view password, std::string_view login,
                          int64_t least) {
  start_sodium();
  check_fresh_password(password, login, least);
  std::array<char, crypto_pwhash_STRBYTES> secret{};
  if (crypto_pwhash_str_alg(secret.data(), password.data(), password.size(), passes,
                            memory, crypto_pwhash_ALG_ARGON2ID13)
      != 0)
    throw failure{errc::unavailable, "not enough memory to hash a password"};
  return secret.data();
}

bool password_matches(std::string_view password, const std::string& secret) {
  start_sodium();
  bool possible = is_secret(secret) && password.size() <= most_password_bytes;
  bool matches =
    verify(password.substr(0, most_password_bytes), possible ? secret : decoy);
  return possible && matches;
}

std::string new_token() {
  start_sodium();
  std::array<unsigned char, 32> random{};
  randombytes_buf(random.data(), random.size());
  std::array<char, 64> text{};
  sodium_bin2base64(text.data(), text.size(), random.data(), random.size(),
                    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
  return text.data();
}

std::string hash_token(std::string_view token) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(token.data()),
                     token.size());
  std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

} // namespace troupe
