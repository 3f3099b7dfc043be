// What the files of an image are called here, and were called where they came from.

#include "schema/queries/batch.hpp"
#include "schema/queries/downloads.hpp"
#include "schema/queries/rows.hpp"

namespace troupe {

original_paths run(soci::session& sql, const find_original_paths& q) {
  require_seen(sql, q.who, object_type::image, q.image);
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select s.id, s.prefix || '/' || f.name as stored, f.client_path
      from images as i
      join filesets as s on s.id = i.fileset_id
      join files as f on f.fileset_id = s.id
     where i.id = :image
     order by f.position)sql",
                                  soci::use(q.image, "image"));
  original_paths found;
  for (const auto& row : rows) {
    found.fileset = int64_of(row, "id");
    found.stored.push_back(text_of(row, "stored"));
    found.sent.push_back(text_of(row, "client_path"));
  }
  return found;
}

} // namespace troupe
