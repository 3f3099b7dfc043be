// What of an image can be asked for at all.

#pragma once

#include "schema/queries/images.hpp"
#include "storage/failure.hpp"

namespace troupe {

inline void require(bool fine, const std::string& why, errc code = errc::bad_request) {
  if (!fine)
    throw failure{code, why};
}

/// @throws failure{unreadable} with the image's error when it is damaged.
void check_usable(const image_grant& g);
/// @throws failure{bad_request} naming the axis.
void check_plane(const image_grant& g, plane_index at);
void check_channel(const image_grant& g, int32_t channel);
/// @throws failure{not_found} for a level the image does not have.
extent level_size(const image_grant& g, int32_t level);
/// The plane asked for, where nothing is said the one shown first.
plane_index plane_of(const image_grant& g, std::optional<int32_t> z,
                     std::optional<int32_t> t);

/// The part of `where` inside `size`. @throws failure{bad_request} when nothing is left.
region cut(const region& where, extent size);

inline region whole(extent size) {
  return {0, 0, size.width, size.height};
}

} // namespace troupe
