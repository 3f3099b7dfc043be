// Pictures to JPEG, PNG and TIFF bytes.

#pragma once

#include "storage/render/painter.hpp"

namespace troupe {

enum class image_format : uint8_t { jpeg, png, tiff };

constexpr double default_quality = 0.85;

/// @param quality  0..1, JPEG only; chroma 4:2:0. Reuses one encoder per thread.
encoded_image encode(const render::picture& p, image_format as,
                     double quality = default_quality);

/// Draws and encodes at once, JPEG a few rows at a time: the picture is never there as a
/// whole.
/// @param threads  of which the caller is one; a JPEG that several made has restart
///        markers.
encoded_image encode(const render::painter& p, image_format as,
                     double quality = default_quality, size_t threads = 1);

/// Samples as they are: a TIFF of one channel, not packed.
encoded_image encode_samples(const raw_plane& plane);

} // namespace troupe
