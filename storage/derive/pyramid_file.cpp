#include "storage/derive/pyramid_file.hpp"

#include "storage/derive/tiff_directories.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace troupe::derive {
namespace {

constexpr uint64_t header_bytes = 16;

size_t tiles_in(extent level) {
  return static_cast<size_t>(pyramid_file::across(level))
         * static_cast<size_t>((level.height + tile_side - 1) / tile_side);
}

[[noreturn]] void refuse_errno(int error) {
  throw failure{error == ENOSPC || error == EFBIG || error == EDQUOT ? errc::no_space
                                                                     : errc::unavailable,
                "a pyramid cannot be written: " + reason_of(error)};
}

} // namespace

pyramid_file::pyramid_file(const pyramid_plan& plan, const std::filesystem::path& file,
                           const nlohmann::json& saved)
  : plan_{plan},
    file_{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644)},
    end_{saved.is_null() ? header_bytes : saved.at("end").get<uint64_t>()} {
  if (!file_ || ::ftruncate(file_.get(), static_cast<off_t>(end_)) != 0)
    refuse_errno(errno);
  for (size_t page = 0; page < plan.pages(); ++page)
    for (auto level : plan.levels)
      index_.emplace_back(tiles_in(level));
  if (saved.is_null())
    return;
  size_t i = 0;
  for (auto& level : saved.at("tiles")) {
    auto& tiles = index_.at(i++);
    for (size_t t = 0; t < tiles.size() && !level.empty(); ++t)
      tiles[t] = {level.at(2 * t), level.at(2 * t + 1)};
  }
}

stored_tile& pyramid_file::entry(const tile_place& where) {
  const auto tile = static_cast<size_t>(where.row)
                      * static_cast<size_t>(across(plan_.levels[where.level]))
                    + static_cast<size_t>(where.column);
  return index_[where.page * plan_.levels.size() + where.level][tile];
}

const stored_tile& pyramid_file::entry(const tile_place& where) const {
  return const_cast<pyramid_file*>(this)->entry(where);
}

void pyramid_file::write(std::string_view bytes, uint64_t offset) {
  while (!bytes.empty()) {
    const auto done =
      ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      refuse_errno(errno);
    bytes.remove_prefix(static_cast<size_t>(done));
    offset += static_cast<uint64_t>(done);
  }
}

void pyramid_file::put(const tile_place& where, std::string_view encoded) {
  stored_tile place{0, encoded.size()};
  {
    const std::lock_guard guard{lock_};
    place.offset = end_;
    end_ += place.bytes + place.bytes % 2;
  }
  write(encoded, place.offset);
  entry(where) = place;
}

std::string pyramid_file::get(const tile_place& where) const {
  const auto& place = entry(where);
  std::string out(place.bytes, '\0');
  const auto got =
    ::pread(file_.get(), out.data(), out.size(), static_cast<off_t>(place.offset));
  if (got != static_cast<ssize_t>(out.size()))
    throw failure{errc::unreadable, "a pyramid lost a tile"};
  return out;
}

nlohmann::json pyramid_file::save() {
  if (::fdatasync(file_.get()) != 0)
    refuse_errno(errno);
  auto all = nlohmann::json::array();
  for (auto& tiles : index_) {
    auto numbers = nlohmann::json::array();
    if (std::any_of(tiles.begin(), tiles.end(), [](auto& t) { return t.bytes != 0; }))
      for (auto& t : tiles) {
        numbers.push_back(t.offset);
        numbers.push_back(t.bytes);
      }
    all.push_back(std::move(numbers));
  }
  return {{"end", end_}, {"tiles", std::move(all)}};
}

void pyramid_file::finish() {
  const auto written = tiff_directories(plan_, *this, end_);
  write(written.bytes, end_);
  write(tiff_header(written.first), 0);
  if (::fsync(file_.get()) != 0)
    refuse_errno(errno);
}

} // namespace troupe::derive
