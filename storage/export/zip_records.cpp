#include "storage/export/zip_records.hpp"

#include <algorithm>
#include <ctime>

namespace troupe::exports {
namespace {

constexpr uint32_t in_zip64 = 0xffffffff;       ///< the number is elsewhere
constexpr uint16_t with_zip64 = 45, plain = 20; ///< version needed
constexpr uint16_t unix_made = 3 << 8;
constexpr uint16_t described_later = 1 << 3, utf8_name = 1 << 11;
constexpr uint32_t readable_file = 0100644u << 16;

/// Little-endian, as many bytes as the type has.
template <class Number>
void put_record(shared_bytes::vector& to, Number n) {
  for (size_t i = 0; i < sizeof n; ++i)
    to.push_back(static_cast<uint8_t>(static_cast<uint64_t>(n) >> 8 * i));
}

bool is_large(uint64_t number) {
  return number >= in_zip64;
}

uint32_t short_form(uint64_t number) {
  return is_large(number) ? in_zip64 : static_cast<uint32_t>(number);
}

struct dos_time {
  uint16_t time = 0, date = 1 << 5 | 1; // 1980-01-01, the first there is
};

dos_time dos_time_of(int64_t seconds) {
  const auto when = static_cast<std::time_t>(seconds);
  std::tm utc{};
  if (!::gmtime_r(&when, &utc) || utc.tm_year < 80 || utc.tm_year > 207)
    return {};
  return {
    static_cast<uint16_t>(utc.tm_hour << 11 | utc.tm_min << 5 | utc.tm_sec / 2),
    static_cast<uint16_t>((utc.tm_year - 80) << 9 | (utc.tm_mon + 1) << 5 | utc.tm_mday)};
}

/// What both headers of a file begin with after their signatures and versions.
void put_common(shared_bytes::vector& to, const archived_file& file, uint32_t crc,
                uint32_t size, size_t extra) {
  const auto when = dos_time_of(file.date);
  put_record(to, static_cast<uint16_t>(described_later | utf8_name));
  put_record(to, uint16_t{0}); // stored
  put_record(to, when.time);
  put_record(to, when.date);
  put_record(to, crc);
  put_record(to, size); // packed
  put_record(to, size);
  put_record(to, static_cast<uint16_t>(file.name.size()));
  put_record(to, static_cast<uint16_t>(extra));
}

void put_text(shared_bytes::vector& to, const std::string& text) {
  to.insert(to.end(), text.begin(), text.end());
}

void put_zip64(shared_bytes::vector& to, const std::vector<uint64_t>& numbers) {
  put_record(to, uint16_t{1});
  put_record(to, static_cast<uint16_t>(8 * numbers.size()));
  for (auto n : numbers)
    put_record(to, n);
}

} // namespace

// The sizes are known, but not the checksum: then all three come behind the bytes.
void put_local_header(shared_bytes::vector& to, const archived_file& file) {
  const auto large = is_large(file.bytes);
  put_record(to, uint32_t{0x04034b50});
  put_record(to, large ? with_zip64 : plain);
  put_common(to, file, 0, large ? in_zip64 : 0, large ? 20 : 0);
  put_text(to, file.name);
  if (large)
    put_zip64(to, {file.bytes, file.bytes});
}

void put_descriptor(shared_bytes::vector& to, const archived_file& file, uint32_t crc) {
  put_record(to, uint32_t{0x08074b50});
  put_record(to, crc);
  for (int i = 0; i < 2; ++i)
    if (is_large(file.bytes))
      put_record(to, file.bytes);
    else
      put_record(to, static_cast<uint32_t>(file.bytes));
}

void put_directory_entry(shared_bytes::vector& to, const archived_file& file,
                         const zip_entry& entry) {
  std::vector<uint64_t> large;
  if (is_large(file.bytes))
    large = {file.bytes, file.bytes};
  if (is_large(entry.offset))
    large.push_back(entry.offset);
  put_record(to, uint32_t{0x02014b50});
  put_record(to, static_cast<uint16_t>(unix_made | with_zip64));
  put_record(to, large.empty() ? plain : with_zip64);
  put_common(to, file, entry.crc, short_form(file.bytes),
             large.empty() ? 0 : 4 + 8 * large.size());
  put_record(to, uint16_t{0}); // comment
  put_record(to, uint16_t{0}); // disk
  put_record(to, uint16_t{0}); // internal attributes
  put_record(to, readable_file);
  put_record(to, short_form(entry.offset));
  put_text(to, file.name);
  if (!large.empty())
    put_zip64(to, large);
}

void put_directory_end(shared_bytes::vector& to, uint64_t count, uint64_t start,
                       uint64_t end) {
  const auto size = end - start;
  if (count >= 0xffff || is_large(start) || is_large(size)) {
    put_record(to, uint32_t{0x06064b50});
    put_record(to, uint64_t{44}); // bytes of this record that follow
    put_record(to, static_cast<uint16_t>(unix_made | with_zip64));
    put_record(to, with_zip64);
    put_record(to, uint32_t{0}); // this disk
    put_record(to, uint32_t{0}); // the directory's
    put_record(to, count);
    put_record(to, count);
    put_record(to, size);
    put_record(to, start);
    put_record(to, uint32_t{0x07064b50});
    put_record(to, uint32_t{0});
    put_record(to, end);
    put_record(to, uint32_t{1}); // disks
  }
  const auto shown = static_cast<uint16_t>(std::min<uint64_t>(count, 0xffff));
  put_record(to, uint32_t{0x06054b50});
  put_record(to, uint16_t{0});
  put_record(to, uint16_t{0});
  put_record(to, shown);
  put_record(to, shown);
  put_record(to, short_form(size));
  put_record(to, short_form(start));
  put_record(to, uint16_t{0}); // comment
}

} // namespace troupe::exports
