// Pixels into files that microscopes could have written.

#pragma once

#include "examples/specimens/cells.hpp"
#include "examples/specimens/tissue.hpp"

#include <filesystem>

namespace troupe::specimens {

/// OME-TIFF, 16 bit, Deflate, channel names, colours, pixel sizes.
void write_cells(const culture& what, const std::filesystem::path& file);

/// OME-TIFF, RGB, JPEG tiles of 512, a pyramid in SubIFDs.
void write_tissue(const tissue& what, const std::filesystem::path& file);

/// One section as PNG: 16-bit grey.
void write_grey_png(const culture& what, int32_t channel,
                    const std::filesystem::path& file);

/// A field of the tissue as JPEG.
void write_jpeg(const tissue& what, int32_t x, int32_t y, int32_t side,
                const std::filesystem::path& file);

} // namespace troupe::specimens
