// Imports: started, found, listed, counted.

#include "schema/queries/imports.hpp"

#include "schema/queries/import_rows.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"
#include "storage/files/managed.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

std::vector<std::string> names_of(const create_import& q) {
  std::vector<std::string> paths;
  for (const auto& file : q.files)
    paths.push_back(q.in_place ? file.path.substr(std::min<size_t>(1, file.path.size()))
                               : file.path);
  return q.in_place ? paths : staged_names(paths);
}

std::string rows_of(const create_import& q) {
  if (q.files.empty())
    throw failure{errc::bad_request, "an import needs files"};
  for (const auto& file : q.files) {
    check_text("path", file.path, 4096);
    if (file.path.empty() || file.bytes < 0)
      throw failure{errc::bad_request, "a file needs a path and a size"};
  }
  auto rows = nlohmann::json::array();
  const auto names = names_of(q);
  for (size_t i = 0; i < q.files.size(); ++i)
    rows.push_back(
      {{"path", q.files[i].path}, {"bytes", q.files[i].bytes}, {"name", names[i]}});
  return rows.dump();
}

} // namespace

import_record run(soci::session& sql, const create_import& q) {
  if (q.in_place && !q.who.may(privilege::write_managed_repo))
    throw failure{errc::denied, "only administrators import in place"};
  auto who = to_sql(q.who), files = rows_of(q);
  int in_place = q.in_place;
  int64_t import = 0;
  sql << R"sql(
    with made as (
      insert into imports (owner_id, group_id, in_place, dataset_id)
      select :owner, cast(:group as bigint), cast(:in_place as integer) <> 0, d.id
        from (select cast(:dataset as bigint) as id) as wanted
        left join datasets as d
          on d.id = wanted.id and d.group_id = :group
         and editable(d.owner_id, d.group_id, cast(:who as viewer))
       where wanted.id = 0 or d.id is not null
      returning id
    ), listed as (
      insert into import_files (import_id, position, path, bytes, name)
      select made.id, x.position - 1, x.path, x.bytes, x.name
        from made,
             rows from (json_to_recordset(cast(:files as json))
                          as (path text, bytes bigint, name text))
               with ordinality as x (path, bytes, name, position)
    )
    select id
      from made)sql",
    soci::use(q.who.account, "owner"), soci::use(q.who.group, "group"),
    soci::use(in_place, "in_place"), soci::use(q.dataset, "dataset"),
    soci::use(who, "who"), soci::use(files, "files"), soci::into(import);
  if (!sql.got_data())
    throw failure{errc::not_found, "dataset " + std::to_string(q.dataset)};
  return read_import(sql, import);
}

import_record run(soci::session& sql, const find_import& q) {
  auto found = read_imports(
    sql,
    {.condition = "i.id = :id and editable(i.owner_id, i.group_id, cast(:who as viewer))",
     .id = q.import,
     .who = to_sql(q.who)});
  if (found.empty())
    throw failure{errc::not_found, "import " + std::to_string(q.import)};
  return std::move(found.front());
}

import_file run(soci::session& sql, const find_staged_file& q) {
  auto who = to_sql(q.who);
  soci::row row;
  sql << R"sql(
    select cast(i.state = 10 and not i.committed and not i.in_place as integer) as open,
           f.position, f.path, f.bytes, f.name
      from imports as i
      left join import_files as f on f.import_id = i.id and f.position = :file
     where i.id = :import
       and editable(i.owner_id, i.group_id, cast(:who as viewer)))sql",
    soci::use(q.file, "file"), soci::use(q.import, "import"), soci::use(who, "who"),
    soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, "import " + std::to_string(q.import)};
  if (!bool_of(row, "open"))
    throw failure{errc::conflict, fmt::format("import {} takes no more bytes", q.import)};
  if (row.get_indicator("position") == soci::i_null)
    throw failure{errc::not_found,
                  fmt::format("import {} has no file {}", q.import, q.file)};
  import_file found;
  found.path = text_of(row, "path");
  found.bytes = int64_of(row, "bytes");
  found.name = text_of(row, "name");
  return found;
}

page<import_record> run(soci::session& sql, const list_imports& q) {
  auto limit = limit_of(q.page);
  auto list = q.active_only ? "imports/active" : "imports";
  auto from = position_of(list, q.page);
  auto who = to_sql(q.who);
  std::string mine = "editable(i.owner_id, i.group_id, cast(:who as viewer))";
  if (q.active_only)
    mine += " and i.state < 90";

  page<import_record> found;
  if (from)
    found.total = from->total;
  else
    sql << "select count(*) from imports as i where " + mine, soci::use(who, "who"),
      soci::into(found.total);
  if (from)
    mine += " and i.id < :id";
  found.items = read_imports(sql, {.condition = mine + " order by i.id desc limit :limit",
                                   .id = from ? from->id : 0,
                                   .who = who,
                                   .limit = limit + 1});
  end_page(found, limit, list, [](const import_record&) { return std::string{}; });
  return found;
}

std::vector<import_record> run(soci::session& sql, const unfinished_imports&) {
  return read_imports(sql, {.condition = "i.state < 90"});
}

import_counts run(soci::session& sql, const count_imports&) {
  import_counts found;
  sql << R"sql(
    select count(*) filter (where state < 90), count(*) filter (where state = 90),
           count(*) filter (where state = 91), count(*) filter (where state = 92)
      from imports)sql",
    soci::into(found.active), soci::into(found.done), soci::into(found.failed),
    soci::into(found.cancelled);
  return found;
}

} // namespace troupe
