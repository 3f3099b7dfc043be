// SHA-256 of bytes as they come.

#pragma once

#include "storage/files/managed.hpp"

#include <memory>
#include <mutex>
#include <openssl/evp.h>
#include <optional>

namespace troupe {

class digest_stream {
public:
  digest_stream();
  void add(const void* data, size_t size);
  /// Of what was added so far; more may follow.
  sha256_digest value() const;

private:
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> sum_;
};

/// The digest of a file while it arrives in pieces, so that nobody must read it again.
/// For any thread.
class arriving_digest {
public:
  /// Bytes that do not go on where the last ones ended make it worthless.
  void add(int64_t offset, const char* data, size_t size);
  /// @returns the digest when all `size` bytes from the first on were added.
  std::optional<sha256_digest> of(int64_t size) const;

private:
  mutable std::mutex lock_;
  digest_stream sum_;
  int64_t end_ = 0;
};

} // namespace troupe
