// The history of who did what. Its numbers are stored: never renumber. Plain integers,
// because a statement binds them by reference.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <nlohmann/json.hpp>
#include <soci/soci.h>

namespace troupe {

namespace audit_action {
inline constexpr int create = 1, change_secret = 2, import = 3, save_settings = 4,
                     paste_settings = 5, change = 6, join = 7, leave = 8, act_as = 9,
                     make_token = 10, revoke = 11, link = 12, unlink = 13, deleted = 14,
                     restored = 15, purged = 16, moved = 17, given = 18, cancelled = 19,
                     make_reset_link = 20, share = 21, restarted = 22, drained = 23;
}

/// Those that are no object_type; the types follow from first_type on.
namespace object_kind {
inline constexpr int account = 1, project = 2, dataset = 3, import = 4, image = 5,
                     group = 6, session = 7, trash = 8, job = 9, share = 10, actor = 11,
                     first_type = 100;
/// Projects, datasets and images keep the numbers they had before there were types.
constexpr int of(object_type type) {
  switch (type) {
    case object_type::project: return project;
    case object_type::dataset: return dataset;
    case object_type::image: return image;
    default: return first_type + static_cast<int>(type);
  }
}
} // namespace object_kind

struct audit_note {
  int action = 0, kind = 0;
  std::vector<int64_t> objects;
  int64_t group = 0; ///< 0: of none
  nlohmann::json detail = nlohmann::json::object();
};

/// A row of history per object, in the transaction of what it tells.
void note(soci::session& sql, const viewer& who, const audit_note& what);

} // namespace troupe
