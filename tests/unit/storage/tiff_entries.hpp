// TIFF files made entry by entry, for what libtiff does not write.

#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace troupe::test {

/// An entry of a classic little-endian directory.
struct tiff_entry {
  uint16_t tag, type;
  uint32_t count, value;
};

/// A TIFF of one directory. @param data  starts at byte 8.
inline std::string tiff_of(const std::vector<tiff_entry>& entries, std::string data) {
  data.resize(data.size() + data.size() % 2);
  const auto put = [](std::string& to, const auto& value) {
    to.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  std::string file{"II*\0", 4};
  put(file, static_cast<uint32_t>(8 + data.size()));
  file += data;
  put(file, static_cast<uint16_t>(entries.size()));
  for (auto& entry : entries)
    put(file, entry);
  put(file, uint32_t{0});
  return file;
}

} // namespace troupe::test
