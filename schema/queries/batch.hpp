// One request for many objects: what was done, and what not and why.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"
#include "storage/failure.hpp"

#include <soci/soci.h>

#include <functional>

namespace troupe {

constexpr size_t most_objects = 100'000; ///< of one request

struct refused_object {
  int64_t id = 0;
  errc why = errc::none;
  std::string reason;
};
struct batch_result {
  static constexpr bool local = true;
  std::vector<int64_t> done;
  std::vector<refused_object> refused;
};

/// What may be done with an object; the bits are those of rights_on() in SQL.
enum class right { annotate = 1, edit = 2, link = 4, remove = 8, move = 16, give = 32 };

/// An object the viewer sees.
struct seen_object {
  int64_t id = 0, owner = 0, group = 0;
  int32_t rights = 0;
  bool may(right r) const { return (rights & static_cast<int32_t>(r)) != 0; }
};

/// Those of the ids that exist and are visible, ascending, each once.
/// @throws failure{too_large} for more than most_objects.
std::vector<seen_object> seen_objects(soci::session& sql, const viewer& who,
                                      object_type type, const std::vector<int64_t>& ids);

/// Sorts the ids into those with a right and those refused: {not_found} for what the
/// viewer does not see, {denied} for what it may not.
/// @param doing  "edit", for the reason.
struct allowed_objects {
  std::vector<seen_object> allowed;
  std::vector<refused_object> refused;
  std::vector<int64_t> ids() const; ///< of the allowed ones
};
allowed_objects allowed(soci::session& sql, const viewer& who, object_type type,
                        const std::vector<int64_t>& ids, right needed,
                        std::string_view doing);

/// One object, or the refusal thrown as a failure.
seen_object require_right(soci::session& sql, const viewer& who, object_type type,
                          int64_t id, right needed, std::string_view doing);
/// @throws failure{not_found} when the viewer does not see it.
seen_object require_seen(soci::session& sql, const viewer& who, object_type type,
                         int64_t id);

} // namespace troupe
