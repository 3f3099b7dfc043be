#include "storage/formats/zarr_folder.hpp"

#include "storage/failure.hpp"
#include "storage/text.hpp"

#include <cerrno>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

constexpr int64_t most_metadata = 16 << 20; ///< bytes of one file
constexpr int deepest = 64;
constexpr size_t longest_key = 1000;

bool is_plain(const std::string& name) {
  return !name.empty() && name != "." && name != ".."
         && name.find('\0') == std::string::npos;
}

std::vector<std::string> parts_of(const std::string& key) {
  std::vector<std::string> parts;
  size_t from = 0;
  for (size_t end; (end = key.find('/', from)) != std::string::npos; from = end + 1)
    parts.push_back(key.substr(from, end - from));
  parts.push_back(key.substr(from));
  return parts;
}

bool is_link(int folder, const std::string& name) {
  struct stat found {};
  return ::fstatat(folder, name.c_str(), &found, AT_SYMLINK_NOFOLLOW) == 0
         && S_ISLNK(found.st_mode);
}

/// @returns a closed descriptor when there is none.
descriptor open_below(int folder, const std::string& name, int flags) {
  descriptor opened{
    ::openat(folder, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)};
  const auto error = errno;
  if (opened)
    return opened;
  if (is_link(folder, name))
    throw failure{errc::unreadable, "it has a link, which is not followed"};
  if (error != ENOENT && error != ENOTDIR && error != ENAMETOOLONG)
    throw failure{errc::unreadable, reason_of(error)};
  return opened;
}

} // namespace

std::string zarr_key(const std::string& group, const std::string& name) {
  for (auto& part : parts_of(name))
    if (!is_plain(part) || group.size() + name.size() > longest_key)
      throw failure{errc::unreadable, "\"" + clean_text(name, 100)
                                        + "\" is no path inside the image folder"};
  return group.empty() ? name : group + "/" + name;
}

zarr_folder::zarr_folder(std::filesystem::path root)
  : root_{std::move(root)},
    opened_{open_for_reading(root_)} {}

std::optional<descriptor> zarr_folder::open(const std::string& key) const {
  const auto parts = parts_of(key);
  descriptor folder;
  auto at = opened_.get();
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    folder = open_below(at, parts[i], O_PATH | O_DIRECTORY);
    if (!folder)
      return std::nullopt;
    at = folder.get();
  }
  auto file = open_below(at, parts.back(), O_RDONLY);
  if (!file)
    return std::nullopt;
  struct stat found {};
  if (::fstat(file.get(), &found) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  if (S_ISDIR(found.st_mode))
    return std::nullopt;
  if (!S_ISREG(found.st_mode))
    throw failure{errc::unreadable, clean_text(key, 100) + " is not a file"};
  return file;
}

std::optional<nlohmann::json> zarr_folder::read_json(const std::string& key) const {
  const auto file = open(key);
  if (!file)
    return std::nullopt;
  const auto size = size_of(*file);
  if (size > most_metadata)
    throw failure{errc::unreadable, key + " is too large"};
  const auto bytes = read_range(*file, 0, size);
  return parse_zarr_json(key, {bytes.begin(), bytes.end()});
}

int64_t size_of(const descriptor& file) {
  struct stat found {};
  if (::fstat(file.get(), &found) != 0)
    throw failure{errc::unreadable, reason_of(errno)};
  return found.st_size;
}

std::vector<uint8_t> read_range(const descriptor& file, int64_t at, int64_t size) {
  std::vector<uint8_t> bytes(static_cast<size_t>(size));
  size_t done = 0;
  while (done < bytes.size()) {
    const auto got = ::pread(file.get(), bytes.data() + done, bytes.size() - done,
                             at + static_cast<int64_t>(done));
    if (got < 0 && errno != EINTR)
      throw failure{errc::unreadable, reason_of(errno)};
    if (got == 0)
      throw failure{errc::unreadable, "truncated: a file ends too early"};
    done += got > 0 ? static_cast<size_t>(got) : 0;
  }
  return bytes;
}

nlohmann::json parse_zarr_json(const std::string& key, const std::string& text) {
  const auto shallow = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
    if (depth > deepest)
      throw failure{errc::unreadable, key + " is nested too deep"};
    return true;
  };
  try {
    return nlohmann::json::parse(text, shallow);
  } catch (const nlohmann::json::exception&) {
    throw failure{errc::unreadable, key + " is not JSON"};
  }
}

} // namespace troupe::formats
