// Containers written whole: what is not said becomes empty.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

namespace troupe {

struct screen_words {
  std::string type, protocol, protocol_description, reagent_set, reagent_set_description;
};

struct saved_object {
  static constexpr bool local = true;
  int64_t id = 0;
};

/// A new project, dataset or screen of the viewer's, or all words of an old one.
/// @throws failure{bad_request} for a wrong name; {not_found}; {denied} without the right
///         to edit, and for an old one in another group than `group`.
struct save_container {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type type = object_type::dataset;
  std::optional<int64_t> id;    ///< absent: a new one
  std::optional<int64_t> group; ///< of the old one
  std::string name, description;
  screen_words screen; ///< only for screens
  using reply = saved_object;
};
saved_object run(soci::session& sql, const save_container& q);

/// A run of a plate: its fields stay, in no run.
/// @throws failure{not_found, denied}.
struct delete_run {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t run = 0;
  using reply = done;
};
done run(soci::session& sql, const delete_run& q);

} // namespace troupe
