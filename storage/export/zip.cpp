#include "storage/export/zip.hpp"

#include "storage/export/zip_records.hpp"

#include <algorithm>
#include <cerrno>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace troupe::exports {
namespace {

constexpr size_t piece = 512 << 10;           ///< bytes worth a call
constexpr size_t longest_entry_name = 0xffff; ///< bytes, by the format
constexpr int64_t a_second = 1'000'000'000;   // ns

void require_same(const archived_file& wanted, const struct stat& now) {
  const auto modified = now.st_mtim.tv_sec * a_second + now.st_mtim.tv_nsec;
  if (!S_ISREG(now.st_mode) || static_cast<uint64_t>(now.st_size) != wanted.bytes
      || (wanted.modified_ns != 0 && modified != wanted.modified_ns))
    throw failure{errc::unreadable, wanted.name + ": the file is not as it was imported"};
}

uint64_t length_of(const std::vector<archived_file>& files) {
  uint64_t offset = 0, directory = 0;
  shared_bytes::vector scratch;
  for (auto& f : files) {
    scratch.clear();
    put_directory_entry(scratch, f, {offset, 0});
    directory += scratch.size();
    scratch.clear();
    put_local_header(scratch, f);
    put_descriptor(scratch, f, 0);
    offset += scratch.size() + f.bytes;
  }
  scratch.clear();
  put_directory_end(scratch, files.size(), offset, offset + directory);
  return offset + directory + scratch.size();
}

} // namespace

void check_unchanged(const archived_file& file) {
  struct stat now {};
  if (::stat(file.path.c_str(), &now) != 0)
    throw failure{errno == ENOENT || errno == ENOTDIR ? errc::not_found
                                                      : errc::unreadable,
                  file.name + ": " + reason_of(errno)};
  require_same(file, now);
}

zip_archive::zip_archive(std::vector<archived_file> files) : files_{std::move(files)} {
  for (auto& f : files_)
    if (f.name.size() > longest_entry_name)
      throw failure{errc::too_large, fmt::format("{}: a path of {} bytes",
                                                 f.path.string(), f.name.size())};
  bytes_ = length_of(files_);
}

shared_bytes zip_archive::next() {
  shared_bytes::vector out;
  while (!over_ && out.size() < piece) {
    if (inside_) {
      read_on(out);
    } else if (entries_.size() < files_.size()) {
      entries_.push_back({made_ + out.size(), 0});
      begin_file();
      put_local_header(out, files_[entries_.size() - 1]);
    } else {
      finish(out);
    }
  }
  made_ += out.size();
  return shared_bytes{std::move(out)};
}

void zip_archive::begin_file() {
  const auto& file = files_[entries_.size() - 1];
  inside_ = true;
  read_ = 0;
  if (file.source)
    return;
  open_ = open_for_reading(file.path);
  struct stat now {};
  if (::fstat(open_.get(), &now) != 0)
    throw failure{errc::unreadable, file.name + ": " + reason_of(errno)};
  require_same(file, now);
}

void zip_archive::read_on(shared_bytes::vector& to) {
  const auto& file = files_[entries_.size() - 1];
  const auto before = to.size();
  if (file.source && read_ < file.bytes) {
    const auto more = file.source();
    if (more.size() == 0 || more.size() > file.bytes - read_)
      throw failure{errc::unreadable, file.name + ": it is not as long as it was"};
    to.insert(to.end(), more.data(), more.data() + more.size());
  } else {
    read_file(to);
  }
  const auto got = to.size() - before;
  auto& crc = entries_.back().crc;
  crc = static_cast<uint32_t>(::crc32(crc, to.data() + before, static_cast<uInt>(got)));
  read_ += got;
  if (read_ == file.bytes)
    end_file(to);
}

void zip_archive::read_file(shared_bytes::vector& to) {
  const auto& file = files_[entries_.size() - 1];
  const auto before = to.size();
  const auto wanted = std::min<uint64_t>(file.bytes - read_, piece);
  to.resize(before + wanted);
  for (size_t at = 0; at < wanted;) {
    const auto got = ::pread(open_.get(), to.data() + before + at, wanted - at,
                             static_cast<off_t>(read_ + at));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      throw failure{errc::unreadable,
                    file.name + ": "
                      + (got < 0 ? reason_of(errno) : "the file is cut short")};
    at += static_cast<size_t>(got);
  }
}

void zip_archive::end_file(shared_bytes::vector& to) {
  put_descriptor(to, files_[entries_.size() - 1], entries_.back().crc);
  open_ = descriptor{};
  inside_ = false;
}

void zip_archive::finish(shared_bytes::vector& to) {
  const auto start = made_ + to.size();
  for (size_t i = 0; i < files_.size(); ++i)
    put_directory_entry(to, files_[i], entries_[i]);
  put_directory_end(to, files_.size(), start, made_ + to.size());
  over_ = true;
}

} // namespace troupe::exports
