// Kinds of objects.

#pragma once

#include <cstdint>
#include <string_view>

namespace troupe {

/// Stored in SQL by number: never renumber. In brackets: what names the object among
/// those that came with one fileset.
enum class object_type {
  project = 1,
  dataset,
  image, ///< (series)
  annotation,
  screen, ///< (position), as all without a word here
  plate,
  folder,
  roi,
  fileset, ///< ()
  well,    ///< (plate, row, column)
  run,     ///< (plate, position)
  channel, ///< (series, position)
  shape,   ///< (roi, position)
  reagent, ///< (screen, position)
};
constexpr int object_types = 14;

/// "dataset": as the API and messages call it.
std::string_view name_of(object_type type);
/// @throws failure{bad_request} for another word.
object_type object_type_named(std::string_view name);
/// "datasets", also the folder of its addresses.
std::string_view table_of(object_type type);

} // namespace troupe
