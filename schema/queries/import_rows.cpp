#include "schema/queries/import_rows.hpp"

#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr std::string_view images_query = R"sql(
  select coalesce(json_agg(json_build_object('id', m.id, 'name', m.name, 'series', m.series)
                           order by m.series), '[]')
    from filesets as s
    join images as m on m.fileset_id = s.id
   where s.import_id = f.import_id and s.import_file = f.position)sql";

// Only main files are looked up: a set may have 100,000 others.
constexpr std::string_view warnings_query = R"sql(
  select s.warnings
    from filesets as s
   where s.import_id = f.import_id and s.import_file = f.position)sql";

// What an import makes is seen by its owner, in its group.
std::string select_imports(std::string_view condition) {
  return fmt::format(R"sql(
    with chosen as (
      select i.*
        from imports as i
       where {condition}
    )
    select i.id, i.owner_id, i.group_id, i.state, i.in_place, i.committed, i.error,
           rfc3339(i.created) as created, d.id as dataset_id, d.name as dataset_name,
           cast(to_json(o.who) as text) as who,
           (select cast(json_agg(json_build_object(
                      'path', f.path, 'bytes', f.bytes, 'error', f.error,
                      'sha256', coalesce(encode(f.sha256, 'hex'), ''),
                      'name', f.name, 'main', f.main, 'skipped', f.skipped,
                      'images', case when coalesce(f.main, f.position) = f.position
                                     then ({images}) end,
                      'warnings', case when f.main = f.position then ({warnings}) end)
                      order by f.position) as text)
              from import_files as f
             where f.import_id = i.id) as files
      from chosen as i
      join (select owner_id, viewer_of(owner_id) as who
              from (select distinct owner_id from chosen) as owners) as o
        on o.owner_id = i.owner_id
      left join datasets as d on d.id = i.dataset_id
     order by i.id desc)sql",
                     fmt::arg("condition", condition), fmt::arg("images", images_query),
                     fmt::arg("warnings", warnings_query));
}

import_file file_of(const nlohmann::json& stored) {
  import_file file{stored.at("path"), stored.at("bytes"), stored.at("sha256"),
                   stored.at("error")};
  file.name = stored.at("name");
  file.skipped = stored.at("skipped");
  if (const auto& main = stored.at("main"); !main.is_null())
    file.main = main.get<int32_t>();
  if (const auto& images = stored.at("images"); !images.is_null())
    for (const auto& image : images)
      file.images.push_back({image.at("id"), image.at("name"), image.at("series")});
  if (const auto& warnings = stored.at("warnings"); !warnings.is_null())
    file.warnings = warnings.get<std::vector<std::string>>();
  return file;
}

import_record record_of(const soci::row& row) {
  import_record found;
  found.id = int64_of(row, "id");
  found.who = viewer_in(row, "who", int64_of(row, "group_id"));
  found.state = static_cast<import_state>(int32_of(row, "state"));
  found.in_place = bool_of(row, "in_place");
  found.committed = bool_of(row, "committed");
  found.error = text_of(row, "error");
  found.created = text_of(row, "created");
  found.dataset = {int64_of(row, "dataset_id"), text_of(row, "dataset_name")};
  for (const auto& file : json_of(row, "files"))
    found.files.push_back(file_of(file));
  return found;
}

} // namespace

std::vector<import_record> read_imports(soci::session& sql, const import_filter& filter) {
  soci::rowset<soci::row> rows =
    (sql.prepare << select_imports(filter.condition), soci::use(filter.id, "id"),
     soci::use(filter.who, "who"), soci::use(filter.limit, "limit"));
  std::vector<import_record> found;
  for (const auto& row : rows)
    found.push_back(record_of(row));
  return found;
}

import_record read_import(soci::session& sql, int64_t id) {
  auto found = read_imports(sql, {.condition = "i.id = :id", .id = id});
  if (found.empty())
    throw failure{errc::not_found, "import " + std::to_string(id)};
  return std::move(found.front());
}

} // namespace troupe
