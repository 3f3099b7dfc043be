// From an image someone may see and what they ask of it to a worker's message.

#pragma once

#include "actors/pictures.hpp"
#include "actors/thumbnail.hpp"
#include "schema/queries/images.hpp"

namespace troupe {

/// All throw failure{bad_request, not_found} for what the image does not have,
/// {too_large} for more than one answer may hold, {unreadable} for a damaged image.
render_region job_of(const image_grant& g, const view_plane& m);
render_region job_of(const image_grant& g, const view_scaled& m);
render_region job_of(const image_grant& g, const view_tile& m);
render_region job_of(const image_grant& g, const view_split& m);
render_region job_of(const image_grant& g, const view_samples& m);
draw_thumbnail job_of(const image_grant& g, const view_thumbnail& m);

} // namespace troupe
