// What questions about rendering settings share.

#pragma once

#include "schema/queries/rows.hpp"
#include "schema/queries/view_settings.hpp"
#include "storage/render/defaults.hpp"

#include <string_view>

namespace troupe {

/// Joins `v`, what viewer :who sees of image `i`: their own settings, else its owner's.
extern const std::string_view settings_join;
/// Of an image `i` and that `v`. The functions below also need the image's size_z,
/// pixel_type, significant_bits and rgb.
extern const std::string_view settings_columns;

/// What the database knows of an image's channels.
std::vector<render::channel_facts> channel_facts_of(const soci::row& row);
/// Every channel, with its statistics; computed where nobody saved any.
render::settings settings_of(const soci::row& row);
plane_index first_plane_of(const soci::row& row);

/// @throws failure{not_found} "image 7" when absent or not visible.
struct settings_facts {
  view_settings shown;
  std::vector<render::channel_facts> channels;
};
settings_facts read_settings(soci::session& sql, const viewer& who, int64_t image);

/// Settings on their way to the rows of images.
struct kept_settings {
  int64_t image = 0;
  plane_index at;
};
/// One audit row for all of them.
struct settings_audit {
  int action = 0;
  int64_t object = 0; ///< an image
};
void keep_settings(soci::session& sql, const viewer& who, const render::settings& s,
                   const std::vector<kept_settings>& images, const settings_audit& audit);

/// @throws failure{denied}.
void require_may_save(const view_settings& of);
/// @throws failure{bad_request} naming what does not fit the image.
void check_settings(const render::settings& s, plane_index at, const view_settings& of);

} // namespace troupe
