#include "storage/formats/tiff_files.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

constexpr size_t most_open = 8;

} // namespace

tiff_file& tiff_files::open(int32_t index) {
  const auto found = std::find_if(open_.begin(), open_.end(),
                                  [&](const entry& e) { return e.index == index; });
  if (found != open_.end()) {
    std::rotate(open_.begin(), found, found + 1);
    return *open_.front().file;
  }
  const auto& member = members_[static_cast<size_t>(index)];
  auto file = std::make_unique<tiff_file>(folder_ / member.name);
  if (file->bytes() != member.bytes)
    throw failure{errc::unreadable, member.name + " changed since it was imported"};
  if (open_.size() == most_open)
    open_.pop_back();
  open_.insert(open_.begin(), {index, std::move(file)});
  return *open_.front().file;
}

} // namespace troupe::formats
