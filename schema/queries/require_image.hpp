// Whether an image may be seen at all.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

/// @throws failure{not_found} "image 7" when absent or not visible.
void require_image(soci::session& sql, const viewer& who, int64_t image);

} // namespace troupe
