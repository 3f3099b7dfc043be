#include "http/file_answer.hpp"

#include "http/gate/gate.hpp"
#include "storage/files/descriptor.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::http {

namespace {

constexpr uint64_t longest_whole = 512 << 20, longest_part = 64 << 20; // bytes

shared_bytes part_of(const descriptor& file, uint64_t offset, uint64_t length) {
  std::vector<uint8_t> bytes(length);
  for (uint64_t at = 0; at < length;) {
    const auto got = ::pread(file.get(), bytes.data() + at, length - at,
                             static_cast<off_t>(offset + at));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      throw failure{errc::unreadable,
                    got < 0 ? reason_of(errno) : "the file is cut short"};
    at += static_cast<uint64_t>(got);
  }
  return shared_bytes{std::move(bytes)};
}

uint64_t size_of(const descriptor& file) {
  struct stat now {};
  if (::fstat(file.get(), &now) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  return static_cast<uint64_t>(now.st_size);
}

} // namespace

web_response file_answer(const std::filesystem::path& path, const std::string& name,
                         const std::string& tag, const range_wish& wish) {
  const auto file = open_for_reading(path);
  const auto size = size_of(file);
  const auto quoted = '"' + tag + '"';
  const bool same = wish.if_range.empty() || wish.if_range == quoted;
  auto wanted = range_of(same ? wish.range : "", size);
  web_response out{.type = "application/octet-stream"};
  out.headers = {
    {"Accept-Ranges", "bytes"},
    {"ETag", quoted},
    {"Content-Disposition", "attachment; filename*=UTF-8''" + percent_encoded(name)}};
  if (!wanted) {
    out.status = 416;
    out.type = "";
    out.headers.emplace_back("Content-Range", fmt::format("bytes */{}", size));
    return out;
  }
  if (!wanted->partial && size > longest_whole)
    throw failure{errc::too_large,
                  fmt::format("the file has {} bytes: ask for it in ranges", size)};
  if (wanted->partial) {
    wanted->length = std::min(wanted->length, longest_part);
    out.status = 206;
    out.headers.emplace_back("Content-Range",
                             fmt::format("bytes {}-{}/{}", wanted->offset,
                                         wanted->offset + wanted->length - 1, size));
  }
  out.bytes = part_of(file, wanted->offset, wanted->length);
  return out;
}

} // namespace troupe::http
