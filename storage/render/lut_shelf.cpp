#include "storage/render/lut_shelf.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace troupe::render {
namespace {

namespace fs = std::filesystem;

constexpr auto believe_for = std::chrono::seconds{2};

/// Names, sizes and times of all files below a folder; empty when it has none.
std::string stamp_of(const fs::path& folder) {
  std::vector<std::string> files;
  std::error_code ignored;
  for (fs::recursive_directory_iterator i{folder, ignored}, end; i != end;
       i.increment(ignored))
    if (i->is_regular_file(ignored))
      files.push_back(
        fmt::format("{}|{}|{}", i->path().string(), i->file_size(ignored),
                    i->last_write_time(ignored).time_since_epoch().count()));
  if (files.empty())
    return "";
  std::sort(files.begin(), files.end());
  return fmt::format("{:x}",
                     std::hash<std::string>{}(fmt::format("{}", fmt::join(files, "\n"))));
}

} // namespace

lut_shelf::content lut_shelf::current() {
  const std::lock_guard guard{lock_};
  const auto now = std::chrono::steady_clock::now();
  if (looked_ != decltype(looked_){} && now - looked_ < believe_for)
    return known_;
  looked_ = now;
  if (auto stamp = stamp_of(folder_); stamp != known_.stamp)
    known_ = {lut_library{folder_}, std::move(stamp)};
  return known_;
}

lut_shelf::content lut_shelf::known() const {
  const std::lock_guard guard{lock_};
  return known_;
}

} // namespace troupe::render
