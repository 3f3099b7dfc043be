#include "schema/queries/stored_bytes.hpp"

#include "schema/queries/repos.hpp"
#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

/// One pass over the files; every sum is of one column, the others are null.
constexpr const char* sums = R"sql(
    with kept as materialized (
      select s.owner_id, s.group_id, s.format, s.repo_id, count(*) as files,
             sum(f.bytes) as bytes
        from filesets as s
        join files as f on f.fileset_id = s.id
       group by s.owner_id, s.group_id, s.format, s.repo_id
       union all
      select a.owner_id, a.group_id, '', 1, count(*), sum(a.bytes)
        from attachments as a
       group by a.owner_id, a.group_id
    ), summed as (
      select owner_id, group_id, format, grouping(owner_id, group_id, format) as of,
             sum(files) as files, sum(bytes) as bytes,
             sum(bytes) filter (where repo_id = :external) as in_place
        from kept
       group by grouping sets ((owner_id), (group_id), (format), ())
    )
    select x.of, coalesce(x.owner_id, x.group_id, 0) as id,
           coalesce(a.login, g.name, x.format, '') as name,
           cast(coalesce(x.files, 0) as bigint) as files,
           cast(coalesce(x.bytes, 0) as bigint) as bytes,
           cast(coalesce(x.in_place, 0) as bigint) as in_place
      from summed as x
      left join accounts as a on a.id = x.owner_id
      left join groups as g on g.id = x.group_id
     order by x.bytes desc nulls last, name)sql";

/// Bits of grouping(owner_id, group_id, format): the columns that are not summed by.
enum sum_by : int { by_owner = 3, by_group = 5, by_format = 6, whole = 7 };

} // namespace

stored_bytes run(soci::session& sql, const sum_stored_bytes& q) {
  if (!q.who.everything)
    throw failure{errc::denied, "for administrators only"};
  const int external = repo::external;
  stored_bytes out;
  soci::rowset<soci::row> rows = (sql.prepare << sums, soci::use(external, "external"));
  for (const auto& row : rows) {
    stored_part part{int64_of(row, "id"), text_of(row, "name"), int64_of(row, "files"),
                     int64_of(row, "bytes")};
    switch (int32_of(row, "of")) {
      case by_owner: out.owners.push_back(std::move(part)); break;
      case by_group: out.groups.push_back(std::move(part)); break;
      case by_format: out.formats.push_back(std::move(part)); break;
      default:
        out.files = part.files;
        out.bytes = part.bytes;
        out.in_place = int64_of(row, "in_place");
    }
  }
  sql << "select cast(coalesce(sum(bytes), 0) as bigint) from trash",
    soci::into(out.trash);
  return out;
}

} // namespace troupe
