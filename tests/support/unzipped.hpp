// Reads a ZIP by the directory at its end, and checks every checksum.

#pragma once

#include <cstring>
#include <doctest/doctest.h>
#include <map>
#include <string>
#include <zlib.h>

namespace troupe::test {

template <class Number>
Number number_at(const std::string& bytes, size_t at) {
  Number n;
  REQUIRE(at + sizeof n <= bytes.size());
  std::memcpy(&n, bytes.data() + at, sizeof n);
  return n;
}

/// @returns contents by name; files of less than 4 GiB.
inline std::map<std::string, std::string> unzipped(const std::string& zip) {
  REQUIRE(zip.size() >= 22);
  const auto end = zip.size() - 22;
  REQUIRE(number_at<uint32_t>(zip, end) == 0x06054b50);
  uint64_t count = number_at<uint16_t>(zip, end + 10),
           at = number_at<uint32_t>(zip, end + 16);
  if (count == 0xffff) {
    const auto record = number_at<uint64_t>(zip, end - 20 + 8);
    REQUIRE(number_at<uint32_t>(zip, record) == 0x06064b50);
    count = number_at<uint64_t>(zip, record + 32);
    at = number_at<uint64_t>(zip, record + 48);
  }
  std::map<std::string, std::string> files;
  for (uint64_t i = 0; i < count; ++i) {
    REQUIRE(number_at<uint32_t>(zip, at) == 0x02014b50);
    const auto size = number_at<uint32_t>(zip, at + 24),
               header = number_at<uint32_t>(zip, at + 42);
    const auto name = number_at<uint16_t>(zip, at + 28),
               extra = number_at<uint16_t>(zip, at + 30);
    REQUIRE(number_at<uint32_t>(zip, header) == 0x04034b50);
    REQUIRE(number_at<uint16_t>(zip, header + 26) == name);
    const auto content =
      zip.substr(header + 30u + name + number_at<uint16_t>(zip, header + 28), size);
    REQUIRE(number_at<uint32_t>(zip, at + 16)
            == ::crc32(0, reinterpret_cast<const Bytef*>(content.data()), size));
    files[zip.substr(at + 46, name)] = content;
    at += 46u + name + extra;
  }
  CHECK(files.size() == count);
  return files;
}

} // namespace troupe::test
