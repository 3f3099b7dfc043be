// Names of channels, as people give them.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

#include <map>

namespace troupe {

struct renamed_channels {
  static constexpr bool local = true;
  int64_t images = 0; ///< that were looked at
  int64_t changed = 0;
};

/// Names channels of an image, and those of all images of a dataset or plate that have as
/// many of them and that the viewer may edit.
/// @throws failure{not_found, denied} for the image; {not_found} for the place;
///         {bad_request} for a channel that it does not have, or a name of control
///         characters.
struct rename_channels {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0;
  std::map<int32_t, std::string> names; ///< by position, from 0; may be empty
  struct place {
    object_type type = object_type::dataset;
    int64_t id = 0;
  };
  std::optional<place> everywhere_in;
  using reply = renamed_channels;
};
renamed_channels run(soci::session& sql, const rename_channels& q);

} // namespace troupe
