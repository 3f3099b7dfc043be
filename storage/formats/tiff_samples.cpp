#include "storage/formats/tiff_samples.hpp"

#include <cstring>

namespace troupe::formats {
namespace {

template <class Sample>
void take_whole(const stored_row& row, int32_t sample, uint8_t* to) {
  const auto step = static_cast<size_t>(row.samples) * sizeof(Sample);
  auto from = row.bytes + static_cast<size_t>(row.first) * step
              + static_cast<size_t>(sample) * sizeof(Sample);
  if (row.samples == 1) {
    std::memcpy(to, from, static_cast<size_t>(row.count) * sizeof(Sample));
    return;
  }
  for (int32_t i = 0; i < row.count; ++i, from += step, to += sizeof(Sample))
    std::memcpy(to, from, sizeof(Sample));
}

/// Samples that are no whole bytes, most significant bit first.
uint32_t packed_at(const uint8_t* row, size_t first_bit, uint16_t bits) {
  uint32_t value = 0;
  for (auto bit = first_bit; bit < first_bit + bits; ++bit)
    value = value << 1 | (row[bit / 8] >> (7 - bit % 8) & 1u);
  return value;
}

template <class Sample>
void take_packed(const stored_row& row, uint16_t bits, int32_t sample, uint8_t* to) {
  for (int32_t i = 0; i < row.count; ++i, to += sizeof(Sample)) {
    const auto index = (static_cast<size_t>(row.first) + i) * row.samples + sample;
    const auto value = static_cast<Sample>(packed_at(row.bytes, index * bits, bits));
    std::memcpy(to, &value, sizeof value);
  }
}

template <class Sample>
void invert(uint8_t* samples, int32_t count, uint16_t bits) {
  const auto white = static_cast<Sample>(bits == 32 ? ~0u : (1u << bits) - 1);
  for (int32_t i = 0; i < count; ++i, samples += sizeof(Sample)) {
    Sample value;
    std::memcpy(&value, samples, sizeof value);
    value = static_cast<Sample>(white - value);
    std::memcpy(samples, &value, sizeof value);
  }
}

void invert(const tiff_directory& d, uint8_t* samples, int32_t count) {
  switch (bytes_of(d.type)) {
    case 1: return invert<uint8_t>(samples, count, d.coding.bits);
    case 2: return invert<uint16_t>(samples, count, d.coding.bits);
    default: return invert<uint32_t>(samples, count, d.coding.bits);
  }
}

void take_stored(const tiff_coding& coding, const stored_row& row, int32_t sample,
                 uint8_t* to) {
  switch (coding.bits) {
    case 8: return take_whole<uint8_t>(row, sample, to);
    case 16: return take_whole<uint16_t>(row, sample, to);
    case 32: return take_whole<uint32_t>(row, sample, to);
    case 64: return take_whole<uint64_t>(row, sample, to);
    default: break;
  }
  if (coding.bits < 8)
    take_packed<uint8_t>(row, coding.bits, sample, to);
  else
    take_packed<uint16_t>(row, coding.bits, sample, to);
}

} // namespace

void take_samples(const tiff_directory& d, const stored_row& row, int32_t sample,
                  uint8_t* to) {
  const auto& coding = d.coding;
  if (!coding.palette.empty()) {
    take_stored(coding, row, 0, to);
    for (int32_t i = 0; i < row.count; ++i)
      to[i] = coding.palette[to[i] * size_t{3} + static_cast<size_t>(sample)];
    return;
  }
  take_stored(coding, row, sample, to);
  if (coding.inverted)
    invert(d, to, row.count);
  if (coding.factor != 1)
    for (int32_t i = 0; i < row.count; ++i)
      to[i] = static_cast<uint8_t>(to[i] * coding.factor);
}

} // namespace troupe::formats
