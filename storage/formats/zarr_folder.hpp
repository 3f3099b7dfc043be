// The files of a Zarr folder. What metadata names stays inside it: no "..", no absolute
// paths, no links.

#pragma once

#include "storage/files/descriptor.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace troupe::formats {

/// The key of `name` below a group's key: "A/1" and "0" are "A/1/0".
/// @throws failure{unreadable} when the name would lead out of the group or stay in it.
std::string zarr_key(const std::string& group, const std::string& name);

class zarr_folder {
public:
  /// @throws failure{not_found}, failure{unreadable}.
  explicit zarr_folder(std::filesystem::path root);

  const std::filesystem::path& root() const { return root_; }
  /// @param key  from zarr_key(), or names of our own.
  /// @returns nothing when there is no such file.
  /// @throws failure{unreadable} for links and what is no regular file.
  std::optional<descriptor> open(const std::string& key) const;
  bool has(const std::string& key) const { return open(key).has_value(); }
  /// A metadata file. @throws failure{unreadable} when it is no JSON, or too deep or
  ///                          large.
  std::optional<nlohmann::json> read_json(const std::string& key) const;

private:
  std::filesystem::path root_;
  descriptor opened_;
};

int64_t size_of(const descriptor& file);

/// @throws failure{unreadable} when the file has not that many bytes there.
std::vector<uint8_t> read_range(const descriptor& file, int64_t at, int64_t size);

/// Text of a metadata file. @throws failure{unreadable} "<key> is not JSON" ...
nlohmann::json parse_zarr_json(const std::string& key, const std::string& text);

} // namespace troupe::formats
