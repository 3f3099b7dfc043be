#include "actors/digest.hpp"

#include <openssl/sha.h>

#include <array>

namespace troupe {

std::string digest(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash;
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  std::string out;
  for (size_t i = 0; i < 16; ++i) {
    static constexpr char digits[] = "0123456789abcdef";
    out += digits[hash[i] >> 4];
    out += digits[hash[i] & 15];
  }
  return out;
}

} // namespace troupe
