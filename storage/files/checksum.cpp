#include "storage/files/descriptor.hpp"
#include "storage/files/digest_stream.hpp"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace troupe {

std::string to_hex(const sha256_digest& digest) {
  constexpr auto digits = "0123456789abcdef";
  std::string text;
  for (auto byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

sha256_digest sha256_of(std::string_view bytes) {
  sha256_digest digest;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, EVP_sha256(),
                 nullptr)
      != 1)
    throw failure{errc::internal, "no SHA-256"};
  return digest;
}

sha256_digest sha256_of_file(const std::filesystem::path& file,
                             const std::atomic<bool>& cancelled,
                             const std::function<void(int64_t bytes)>& progress) {
  const auto name = file.filename().string();
  const auto opened = open_for_reading(file);
  ::posix_fadvise(opened.get(), 0, 0, POSIX_FADV_SEQUENTIAL);
  digest_stream sum;
  std::vector<uint8_t> block(1 << 20);
  int64_t done = 0;
  for (;;) {
    if (cancelled)
      throw failure{errc::gone, name + ": cancelled"};
    const auto got = ::read(opened.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      throw failure{errc::unreadable, name + ": " + reason_of(errno)};
    if (got == 0)
      break;
    sum.add(block.data(), static_cast<size_t>(got));
    done += got;
    if (progress)
      progress(done);
  }
  return sum.value();
}

} // namespace troupe
