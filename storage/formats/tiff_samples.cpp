#include "storage/formats/tiff_samples.hpp"

#include "storage/formats/tiff_floats.hpp"

#include <cstring>

namespace troupe::formats {
namespace {

/// Values of up to 32 bits one after the other, most significant bit first.
class bit_reader {
public:
  bit_reader(const uint8_t* from, uint32_t bits)
    : from_{from},
      bits_{bits},
      mask_{bits < 32 ? (uint32_t{1} << bits) - 1 : UINT32_MAX} {}

  uint32_t next() {
    for (; held_ < bits_; held_ += 8)
      window_ = window_ << 8 | *from_++;
    held_ -= bits_;
    return static_cast<uint32_t>(window_ >> held_) & mask_;
  }

private:
  const uint8_t* from_;
  uint32_t bits_, held_ = 0, mask_;
  uint64_t window_ = 0;
};

/// Calls take(value) for each stored value. Whole bytes are little-endian by now.
template <class Take>
void each_value(const tiff_shape& shape, const uint8_t* from, size_t count, Take take) {
  if (shape.coding.bits == 24) {
    for (size_t i = 0; i < count; ++i, from += 3)
      take(uint32_t{from[0]} | uint32_t{from[1]} << 8 | uint32_t{from[2]} << 16);
    return;
  }
  bit_reader bits{from, shape.coding.bits};
  for (size_t i = 0; i < count; ++i)
    take(bits.next());
}

template <class Sample>
void unpack_whole(const tiff_shape& shape, const uint8_t* from, size_t count,
                  uint8_t* to) {
  each_value(shape, from, count, [&](uint32_t value) {
    const auto sample = static_cast<Sample>(value);
    std::memcpy(to, &sample, sizeof sample);
    to += sizeof sample;
  });
}

template <class Sample>
void unpack_signed(const tiff_shape& shape, const uint8_t* from, size_t count,
                   uint8_t* to) {
  const auto spare = 32 - shape.coding.bits;
  each_value(shape, from, count, [&](uint32_t value) {
    const auto sample =
      static_cast<Sample>(static_cast<int32_t>(value << spare) >> spare);
    std::memcpy(to, &sample, sizeof sample);
    to += sizeof sample;
  });
}

void unpack_float(const tiff_shape& shape, const uint8_t* from, size_t count,
                  uint8_t* to) {
  const auto bytes = shape.coding.bits / 8;
  for (size_t i = 0; i < count; ++i, from += bytes, to += sizeof(float)) {
    const auto value = bytes == 2 ? float_of_16(from) : float_of_24(from);
    std::memcpy(to, &value, sizeof value);
  }
}

void unpack(const tiff_shape& shape, const uint8_t* from, size_t count, uint8_t* to) {
  if (shape.coding.bits == 8 * bytes_of(shape.type)) {
    std::memcpy(to, from, count * bytes_of(shape.type));
    return;
  }
  switch (shape.type) {
    case pixel_type::int8: return unpack_signed<int8_t>(shape, from, count, to);
    case pixel_type::int16: return unpack_signed<int16_t>(shape, from, count, to);
    case pixel_type::int32: return unpack_signed<int32_t>(shape, from, count, to);
    case pixel_type::uint16: return unpack_whole<uint16_t>(shape, from, count, to);
    case pixel_type::uint32: return unpack_whole<uint32_t>(shape, from, count, to);
    case pixel_type::float32: return unpack_float(shape, from, count, to);
    default: return unpack_whole<uint8_t>(shape, from, count, to);
  }
}

template <class Sample>
void invert(uint8_t* samples, size_t count, uint16_t bits) {
  const auto white = static_cast<Sample>(bits == 32 ? ~0u : (1u << bits) - 1);
  for (size_t i = 0; i < count; ++i, samples += sizeof(Sample)) {
    Sample value;
    std::memcpy(&value, samples, sizeof value);
    value = static_cast<Sample>(white - value);
    std::memcpy(samples, &value, sizeof value);
  }
}

void invert(const tiff_shape& shape, uint8_t* samples, size_t count) {
  switch (bytes_of(shape.type)) {
    case 1: return invert<uint8_t>(samples, count, shape.coding.bits);
    case 2: return invert<uint16_t>(samples, count, shape.coding.bits);
    default: return invert<uint32_t>(samples, count, shape.coding.bits);
  }
}

void look_up(const tiff_shape& shape, const uint8_t* from, size_t count, uint8_t* to) {
  each_value(shape, from, count, [&](uint32_t index) {
    std::memcpy(to, &shape.coding.palette[size_t{index} * 3], 3);
    to += 3;
  });
}

} // namespace

void unpack_row(const tiff_shape& shape, const uint8_t* from, size_t count, uint8_t* to) {
  if (!shape.coding.palette.empty())
    return look_up(shape, from, count, to);
  unpack(shape, from, count, to);
  if (shape.coding.inverted)
    invert(shape, to, count);
  if (shape.coding.factor != 1)
    for (size_t i = 0; i < count; ++i)
      to[i] = static_cast<uint8_t>(to[i] * shape.coding.factor);
}

} // namespace troupe::formats
