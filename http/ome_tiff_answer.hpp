// An image as an OME-TIFF, made while it is sent.

#pragma once

#include "http/desk.hpp"
#include "schema/queries/downloads.hpp"

namespace troupe::http {

/// Pixels are read by the render workers, a row of tiles at a time, in the asker's name
/// and turn.
/// @param in  what asked; its session is the one that sees the pixels.
/// @throws failure{unreadable} for an attachment that is gone.
web_response ome_tiff_answer(desk& d, const web_request& in, exported_image image);

} // namespace troupe::http
