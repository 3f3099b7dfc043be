// The inner loops of drawing, in the widest vectors the machine has, and plain.

#pragma once

#include "storage/render/integer_line.hpp"

namespace troupe::render::kernels {

/// Levels of samples on a line. Types of 16 bits and more.
void line_levels(pixel_type type, const uint8_t* samples, size_t count,
                 const straight_line& line, uint8_t* levels);

/// The same for 16-bit samples.
void integer_levels(const uint8_t* samples, size_t count, const integer_line& line,
                    uint8_t* levels);

/// sums[x] = min(255, sums[x] + levels[x])
void add_levels(const uint8_t* levels, size_t count, uint8_t* sums);

/// sums[x] = min(255, sums[x] + levels[x] * factor / 65536)
void add_parts(const uint8_t* levels, size_t count, uint16_t factor, uint8_t* sums);

/// Three rows to one of 3-byte pixels.
void interleave(const uint8_t* red, const uint8_t* green, const uint8_t* blue,
                size_t count, uint8_t* rgb);

/// Sample by sample: what the vectors must equal, and what is left at the end of a row.
namespace plain {
void line_levels(pixel_type type, const uint8_t* samples, size_t count,
                 const straight_line& line, uint8_t* levels);
void integer_levels(const uint8_t* samples, size_t count, const integer_line& line,
                    uint8_t* levels);
void add_levels(const uint8_t* levels, size_t count, uint8_t* sums);
void add_parts(const uint8_t* levels, size_t count, uint16_t factor, uint8_t* sums);
void interleave(const uint8_t* red, const uint8_t* green, const uint8_t* blue,
                size_t count, uint8_t* rgb);
} // namespace plain

} // namespace troupe::render::kernels
