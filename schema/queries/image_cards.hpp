// Images as lists of pictures show them: what they are called, who made them, which field
// of a plate they are.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"
#include "storage/metadata/quantity.hpp"
#include "storage/pixels.hpp"

#include <soci/soci.h>

namespace troupe {

struct image_card {
  int64_t id = 0;
  std::string name, description, author;
  double taken = 0; ///< s since 1970; where nobody said, when it was imported
  extent size;
  int32_t levels = 1;

  /// Of images that are listed by plate, run or well.
  struct field {
    int64_t well = 0;
    int32_t row = 0, column = 0; ///< of the well, from 0
    int32_t position = 0;        ///< in the well, over all runs
    std::optional<int64_t> run;
    std::string run_name;
    std::optional<metadata::quantity> x, y;
  };
  field at;
};

struct image_cards {
  static constexpr bool local = true;
  std::vector<image_card> items;
};

/// Images of a dataset in order of their names in lower case; of a plate, run or well row
/// by row, in a well in the order of fields. @throws failure{not_found} for a container
/// the viewer does not see, {bad_request} for one of another type.
struct list_image_cards {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type in = object_type::dataset;
  int64_t id = 0;
  using reply = image_cards;
};
image_cards run(soci::session& sql, const list_image_cards& q);

} // namespace troupe
