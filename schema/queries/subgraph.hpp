// Objects that were chosen and what goes with them: the one planner of deletions, moves
// and gifts. It works on sets of ids in temporary tables of the transaction:
//   going (kind, id, owner_id, group_id, chosen)
// with kinds of objects, and 0 for attachments; what stays is in subgraph_staying.hpp.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/object_type.hpp"

#include <nlohmann/json.hpp>
#include <soci/soci.h>

#include <map>

namespace troupe {

struct subgraph {
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  right needed = right::remove; ///< remove, move or give
  /// What is in containers and nowhere else goes too. Images of plates always do.
  bool contents = false;
  std::vector<int64_t> kept_annotations; ///< kinds of annotations that stay
};

/// What stays and why; what was chosen counts as blocked, contents are left behind.
struct staying_object {
  object_type type = object_type::image;
  refused_object what;
  bool chosen = false;
};

/// Fills the tables; they go with the transaction, or with the savepoint of a preview.
/// Images of one fileset go together; those of a plate's fields with the plate.
/// @returns what stays, the chosen first.
/// @throws failure{denied} for those who change nothing, {bad_request} for parts of
///         other objects.
std::vector<staying_object> gather(soci::session& sql, const subgraph& q);

/// How many of each kind are going.
struct tally {
  int64_t all = 0, others = 0; ///< `others`: not the viewer's own
};
std::map<object_type, tally> count_going(soci::session& sql, const viewer& who);
int64_t all_rows(const std::map<object_type, tally>& counts);
/// {"image": 12, ...}
nlohmann::json counts_json(const std::map<object_type, tally>& counts);
nlohmann::json others_json(const std::map<object_type, tally>& counts);
/// [{"type", "id", "reason", "error"}] of the chosen or of the others.
nlohmann::json staying_json(const std::vector<staying_object>& all, bool chosen);

/// Regions of others that would go though nobody chose them.
int64_t others_rois(soci::session& sql, const viewer& who);
/// Size of the originals of what goes, bytes.
int64_t bytes_going(soci::session& sql);
/// @throws failure with the reason of the first that stays when nothing chosen goes.
void require_some(soci::session& sql, const std::vector<staying_object>& staying);
/// A row of history for each object that goes; parts are told with their wholes.
void note_going(soci::session& sql, const viewer& who, int action,
                const nlohmann::json& detail);

} // namespace troupe
