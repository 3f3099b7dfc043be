#include "storage/files/digest_stream.hpp"

#include "storage/failure.hpp"

namespace troupe {

digest_stream::digest_stream() : sum_{EVP_MD_CTX_new(), EVP_MD_CTX_free} {
  if (!sum_ || EVP_DigestInit_ex(sum_.get(), EVP_sha256(), nullptr) != 1)
    throw failure{errc::internal, "no SHA-256"};
}

void digest_stream::add(const void* data, size_t size) {
  EVP_DigestUpdate(sum_.get(), data, size);
}

sha256_digest digest_stream::value() const {
  const digest_stream copy;
  sha256_digest digest;
  EVP_MD_CTX_copy_ex(copy.sum_.get(), sum_.get());
  EVP_DigestFinal_ex(copy.sum_.get(), digest.data(), nullptr);
  return digest;
}

void arriving_digest::add(int64_t offset, const char* data, size_t size) {
  const std::lock_guard lock{lock_};
  if (offset != end_) {
    end_ = -1;
    return;
  }
  sum_.add(data, size);
  end_ += static_cast<int64_t>(size);
}

std::optional<sha256_digest> arriving_digest::of(int64_t size) const {
  const std::lock_guard lock{lock_};
  return end_ == size ? std::optional{sum_.value()} : std::nullopt;
}

} // namespace troupe
