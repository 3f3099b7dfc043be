#include "schema/queries/batch.hpp"
#include "schema/queries/download_rows.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace troupe {

namespace {

// Images behind each kind of object, and the name of the container next to them. Kinds as
// in object_type.
constexpr std::string_view reached_query = R"sql(
      select o.id as image_id, '' as folder from asked as o where o.kind = 3
      union all
      select i.id, ''
        from asked as o join images as i on i.fileset_id = o.id
       where o.kind = 9
      union all
      select l.child_id, d.name
        from asked as o
        join datasets as d on d.id = o.id
        join links as l on l.parent_id = d.id and l.kind = 2
       where o.kind = 2
      union all
      select l.child_id, d.name
        from asked as o
        join links as up on up.parent_id = o.id and up.kind = 1
        join datasets as d on d.id = up.child_id
        join links as l on l.parent_id = d.id and l.kind = 2
       where o.kind = 1 and visible(d.owner_id, d.group_id, cast(:who as viewer))
      union all
      select l.child_id, f.name
        from asked as o
        join folders as f on f.id = o.id
        join links as l on l.parent_id = f.id and l.kind = 4
       where o.kind = 7
      union all
      select f.image_id, p.name
        from asked as o
        join plates as p on p.id = o.id
        join wells as w on w.plate_id = p.id
        join fields as f on f.well_id = w.id
       where o.kind = 6
      union all
      select f.image_id, p.name
        from asked as o
        join links as l on l.parent_id = o.id and l.kind = 3
        join plates as p on p.id = l.child_id
        join wells as w on w.plate_id = p.id
        join fields as f on f.well_id = w.id
       where o.kind = 5 and visible(p.owner_id, p.group_id, cast(:who as viewer))
      union all
      select f.image_id, p.name
        from asked as o
        join wells as w on w.id = o.id
        join plates as p on p.id = w.plate_id
        join fields as f on f.well_id = w.id
       where o.kind = 10
      union all
      select f.image_id, p.name
        from asked as o
        join plate_runs as r on r.id = o.id
        join plates as p on p.id = r.plate_id
        join fields as f on f.run_id = r.id
       where o.kind = 11)sql";

constexpr std::string_view original_columns = R"sql(
       s.id as fileset_id, f.name,
       case when r.root = '' then s.prefix else r.root || '/' || s.prefix end
         || '/' || f.name as path,
       coalesce(encode(f.sha256, 'hex'), '') as sha256, f.bytes, f.modified_ns,
       cast(extract(epoch from s.created) as bigint) as imported)sql";

original_file original_of(const soci::row& row) {
  return {"",
          int64_of(row, "fileset_id"),
          text_of(row, "name"),
          text_of(row, "path"),
          text_of(row, "sha256"),
          int64_of(row, "bytes"),
          int64_of(row, "modified_ns"),
          int64_of(row, "imported")};
}

bool holds_images(object_type type) {
  switch (type) {
    case object_type::project:
    case object_type::dataset:
    case object_type::image:
    case object_type::screen:
    case object_type::plate:
    case object_type::folder:
    case object_type::fileset:
    case object_type::well:
    case object_type::run: return true;
    default: return false;
  }
}

/// @throws failure{not_found} naming the first object that the viewer does not see.
void require_all_seen(soci::session& sql, const viewer& who,
                      const std::vector<object_id>& objects) {
  std::map<object_type, std::vector<int64_t>> ids;
  for (auto& o : objects) {
    if (!holds_images(o.type))
      throw failure{errc::bad_request,
                    fmt::format("a {} has no files of its own", name_of(o.type))};
    ids[o.type].push_back(o.id);
  }
  if (ids.empty())
    throw failure{errc::bad_request, "nothing is chosen"};
  for (auto& [type, all] : ids) {
    const auto seen = seen_objects(sql, who, type, all);
    for (auto id : all)
      if (!std::binary_search(seen.begin(), seen.end(), seen_object{.id = id},
                              [](auto& a, auto& b) { return a.id < b.id; }))
        throw failure{errc::not_found, fmt::format("{} {}", name_of(type), id)};
  }
}

/// What people call the only object that was asked for.
std::string download_title(soci::session& sql, const std::vector<object_id>& objects) {
  if (objects.size() != 1)
    return "download";
  const auto [type, id] = objects[0];
  std::string title;
  if (type == object_type::fileset)
    return fmt::format("fileset {}", id);
  if (type == object_type::well)
    sql << R"sql(
    select p.name || ' ' || well_name(w.well_row, w.well_column)
      from wells as w join plates as p on p.id = w.plate_id
     where w.id = :id)sql",
      soci::use(id, "id"), soci::into(title);
  else
    sql << fmt::format("select name from {} where id = :id", table_of(type)),
      soci::use(id, "id"), soci::into(title);
  return title.empty() ? fmt::format("{} {}", name_of(type), id) : title;
}

std::string asked_objects(const std::vector<object_id>& objects) {
  auto all = nlohmann::json::array();
  for (auto& o : objects)
    all.push_back({{"kind", static_cast<int>(o.type)}, {"id", o.id}});
  return all.dump();
}

} // namespace

download_policy download_policy_of(const std::string& text) {
  download_policy out;
  const std::map<std::string, bool download_policy::*> words{
    {"read", &download_policy::read},
    {"write", &download_policy::write},
    {"image", &download_policy::image},
    {"plate", &download_policy::plate}};
  std::istringstream in{text};
  std::vector<std::string> refused;
  for (std::string item; std::getline(in, item, ',');) {
    const auto word = words.find(item.empty() ? "" : item.substr(1));
    if (word == words.end() || (item[0] != '+' && item[0] != '-'))
      throw failure{errc::bad_request,
                    "download_policy is a list of read, write, image and plate, each "
                    "with + or - before it"};
    out.*word->second = true;
    if (item[0] == '-')
      refused.push_back(word->first);
  }
  for (auto& word : refused)
    out.*words.at(word) = false;
  return out;
}

std::string may_leave(const download_policy& policy, const viewer& who) {
  if (!who.takes_files)
    return "false";
  const auto sql = [](bool yes) { return yes ? "true" : "false"; };
  return fmt::format(
    R"sql(((cast(:who as viewer)).everything
            or ({} or ({} and editable(i.owner_id, i.group_id, cast(:who as viewer))))
               and case when exists (select from fields as x where x.image_id = i.id)
                        then {} else {} end))sql",
    sql(policy.read), sql(policy.write), sql(policy.plate), sql(policy.image));
}

void refuse_download(const std::string& what, const viewer& who) {
  throw failure{errc::denied,
                what
                  + (who.takes_files
                       ? " may not be downloaded here, by the setting download_policy"
                       : " is shared to be looked at, not to be downloaded")};
}

original_files run(soci::session& sql, const list_originals& q) {
  auto chosen = q.objects;
  for (auto id : q.ids)
    chosen.push_back({q.type, id});
  require_all_seen(sql, q.who, chosen);
  const auto who = to_sql(q.who), objects = asked_objects(chosen);
  const auto most = static_cast<int64_t>(most_downloaded) + 1;
  original_files found{download_title(sql, chosen), {}};
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    with asked as (
      select distinct o.kind, o.id
        from json_to_recordset(cast(:objects as json)) as o (kind integer, id bigint)
    ), reached as ({reached}
    ), chosen as (
      select i.fileset_id, min(o.folder) as folder, bool_and({may_leave}) as may_leave
        from reached as o
        join images as i on i.id = o.image_id
       where visible(i.owner_id, i.group_id, cast(:who as viewer))
       group by i.fileset_id
    )
    select c.folder, cast(c.may_leave as integer) as may_leave, {columns}
      from chosen as c
      join filesets as s on s.id = c.fileset_id
      join repos as r on r.id = s.repo_id
      join files as f on f.fileset_id = s.id
     order by c.folder, s.id, f.position
     limit :most)sql",
                                fmt::arg("reached", reached_query),
                                fmt::arg("may_leave", may_leave(q.policy, q.who)),
                                fmt::arg("columns", original_columns)),
     soci::use(objects, "objects"), soci::use(who, "who"), soci::use(most, "most"));
  bool any = false;
  for (const auto& row : rows) {
    any = true;
    if (!bool_of(row, "may_leave"))
      continue;
    found.files.push_back(original_of(row));
    found.files.back().folder = text_of(row, "folder");
  }
  if (found.files.size() > most_downloaded)
    throw failure{errc::too_large, fmt::format("more than {} files", most_downloaded)};
  if (found.files.empty() && any)
    refuse_download(found.title, q.who);
  return found;
}

original_file run(soci::session& sql, const find_original& q) {
  const auto who = to_sql(q.who);
  soci::row row;
  sql << fmt::format(R"sql(
    select cast({} as integer) as may_leave, {}
      from images as i
      join filesets as s on s.id = i.fileset_id
      join repos as r on r.id = s.repo_id
      join files as f on f.fileset_id = s.id
     where i.id = :image and f.position = :file
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
                     may_leave(q.policy, q.who), original_columns),
    soci::use(q.image, "image"), soci::use(q.file, "file"), soci::use(who, "who"),
    soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("file {} of image {}", q.file, q.image)};
  if (!bool_of(row, "may_leave"))
    refuse_download(fmt::format("image {}", q.image), q.who);
  return original_of(row);
}

} // namespace troupe
