#include "http/file_answer.hpp"

#include "http/gate/gate.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::http {

namespace {

constexpr uint64_t file_piece = 1 << 20; // bytes

class file_stream final : public body_stream {
public:
  file_stream(descriptor file, std::string name, uint64_t offset, uint64_t bytes)
    : file_{std::move(file)},
      name_{std::move(name)},
      offset_{offset},
      length_{bytes},
      left_{bytes} {}

  uint64_t length() const override { return length_; }

  shared_bytes next() override {
    std::vector<uint8_t> bytes(std::min(left_, file_piece));
    ssize_t got;
    do
      got = ::pread(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset_));
    while (got < 0 && errno == EINTR);
    if (got <= 0) {
      const auto why = got < 0 ? reason_of(errno) : "the file is cut short";
      spdlog::error("download broken off file=\"{}\" reason=\"{}\"", name_, why);
      throw failure{errc::unreadable, why};
    }
    bytes.resize(static_cast<size_t>(got));
    offset_ += bytes.size();
    left_ -= bytes.size();
    return shared_bytes{std::move(bytes)};
  }

private:
  descriptor file_;
  std::string name_;
  uint64_t offset_, length_, left_;
};

uint64_t size_of(const descriptor& file) {
  struct stat now {};
  if (::fstat(file.get(), &now) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  return static_cast<uint64_t>(now.st_size);
}

} // namespace

web_response ranged_answer(
  const downloaded& what, const range_wish& wish,
  const std::function<std::shared_ptr<body_stream>(uint64_t offset, uint64_t bytes)>&
    make) {
  const auto quoted = '"' + what.tag + '"';
  const bool same = wish.if_range.empty() || wish.if_range == quoted;
  const auto wanted = range_of(same ? wish.range : "", what.bytes);
  web_response out{.type = what.type};
  out.headers = {{"Accept-Ranges", "bytes"},
                 {"ETag", quoted},
                 {"Content-Disposition", attachment_named(what.name)}};
  if (!wanted) {
    out.status = 416;
    out.type = "";
    out.headers.emplace_back("Content-Range", fmt::format("bytes */{}", what.bytes));
    return out;
  }
  if (wanted->partial) {
    out.status = 206;
    out.headers.emplace_back(
      "Content-Range", fmt::format("bytes {}-{}/{}", wanted->offset,
                                   wanted->offset + wanted->length - 1, what.bytes));
  }
  out.stream = make(wanted->offset, wanted->length);
  return out;
}

web_response file_answer(descriptor file, const std::string& name, const std::string& tag,
                         const range_wish& wish) {
  const auto size = size_of(file);
  return ranged_answer({"application/octet-stream", name, tag, size}, wish,
                       [&](uint64_t offset, uint64_t bytes) {
                         return std::make_shared<file_stream>(std::move(file), name,
                                                              offset, bytes);
                       });
}

web_response file_answer(const std::filesystem::path& path, const std::string& name,
                         const std::string& tag, const range_wish& wish) {
  return file_answer(open_for_reading(path), name, tag, wish);
}

} // namespace troupe::http
