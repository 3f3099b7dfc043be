#include "schema/queries/subgraph_staying.hpp"

#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

std::string reason_of(const soci::row& row, object_type type) {
  const auto id = int64_of(row, "id"), other = int64_of(row, "other");
  const auto name = name_of(type);
  switch (static_cast<reason>(int32_of(row, "why"))) {
    case reason::field_of:
      return fmt::format("image {} is a field of plate {}", id, other);
    case reason::shares_files:
      return fmt::format("image {} shares its files with image {}, which stays", id,
                         other);
    case reason::shows:
      return fmt::format("{} {} holds image {}, which stays", name, id, other);
    case reason::tagged:
      return fmt::format("annotation {} is on {} {}, which you may not delete", id,
                         name_of(static_cast<object_type>(int32_of(row, "other_kind"))),
                         other);
    default: return fmt::format("{} {} is somebody else's", name, id);
  }
}

} // namespace

void start_staying(soci::session& sql) {
  sql << R"sql(
    create temporary table staying (
      kind       integer not null,
      id         bigint not null,
      chosen     boolean not null,
      why        integer not null,
      other_kind integer,
      other      bigint,
      primary key (kind, id)
    ) on commit drop)sql";
}

std::vector<staying_object> read_staying(soci::session& sql) {
  std::vector<staying_object> out;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select kind, id, cast(chosen as integer) as chosen, why, other_kind, other
      from staying
     order by chosen desc, kind, id)sql");
  for (const auto& row : rows) {
    const auto type = static_cast<object_type>(int32_of(row, "kind"));
    const bool forbidden = int32_of(row, "why") == static_cast<int>(reason::denied);
    out.push_back({type,
                   {int64_of(row, "id"), forbidden ? errc::denied : errc::conflict,
                    reason_of(row, type)},
                   bool_of(row, "chosen")});
  }
  return out;
}

} // namespace troupe
