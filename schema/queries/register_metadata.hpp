// The part of a registration that is beyond pixels.

#pragma once

#include "schema/queries/imports.hpp"

namespace troupe {

/// After filesets, images and channels have their rows, in the same transaction.
void insert_metadata(soci::session& sql, int64_t import, const registration& what);

} // namespace troupe
