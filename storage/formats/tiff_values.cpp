#include "storage/formats/tiff_values.hpp"

#include <array>
#include <cstdint>
#include <fstream>
#include <set>

namespace troupe::formats {
namespace {

constexpr size_t most_directories = 10'000;

/// Bytes of one element, by the type's number; 1 for types nobody knows.
uint64_t bytes_of_type(uint64_t type) {
  constexpr std::array<uint8_t, 19> bytes{1, 1, 1, 2, 4, 8, 1, 1, 2, 4,
                                          8, 4, 8, 4, 1, 1, 8, 8, 8};
  return type < bytes.size() ? bytes[type] : 1;
}

/// Numbers of a file in its own byte order.
class numbers {
public:
  explicit numbers(const std::filesystem::path& file) : in_{file, std::ios::binary} {
    std::error_code error;
    size_ = std::filesystem::file_size(file, error);
    std::array<char, 2> order{};
    in_.read(order.data(), 2);
    known_ = !error && order[0] == order[1] && (order[0] == 'I' || order[0] == 'M');
    little_ = order[0] == 'I';
  }
  bool is_tiff() const { return known_; }
  uint64_t size() const { return size_; }
  bool go_to(uint64_t offset) {
    return offset < size_ && in_.seekg(std::streamoff(offset));
  }
  /// Zero behind the end.
  uint64_t next(size_t bytes) {
    std::array<unsigned char, 8> read{};
    in_.read(reinterpret_cast<char*>(read.data()), std::streamsize(bytes));
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; ++i)
      value |= uint64_t{read[i]} << 8 * (little_ ? i : bytes - 1 - i);
    return in_ ? value : 0;
  }
  bool is_over() const { return !in_; }

private:
  std::ifstream in_;
  uint64_t size_ = 0;
  bool known_ = false, little_ = true;
};

} // namespace

bool tiff_values_fit(const std::filesystem::path& file) {
  numbers in{file};
  if (!in.is_tiff())
    return true;
  const auto big = in.next(2) == 43;
  if (big)
    in.next(4);
  const size_t word = big ? 8 : 4;
  std::set<uint64_t> seen;
  for (auto at = in.next(word); at != 0 && seen.size() < most_directories
                                && seen.insert(at).second && in.go_to(at);
       at = in.next(word))
    for (auto left = in.next(big ? 8 : 2); left > 0 && !in.is_over(); --left) {
      in.next(2); // the tag
      const auto element = bytes_of_type(in.next(2));
      if (in.next(word) > in.size() / element)
        return false;
      in.next(word); // the value or where it is
    }
  return true;
}

} // namespace troupe::formats
