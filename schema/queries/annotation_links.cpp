#include "schema/queries/annotation_links.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/keys_as_sets.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

using nlohmann::json;

namespace {

void add_name_spaces(soci::session& sql, const std::string& rows) {
  sql << R"sql(
    insert into name_spaces (name)
    select distinct x.name_space
      from json_to_recordset(cast(:rows as json)) as x (name_space text)
     where x.name_space <> ''
        on conflict do nothing)sql",
    soci::use(rows, "rows");
}

/// The thirtieth of February has the form of a time.
void check_times(soci::session& sql, const std::string& rows) {
  std::string wrong;
  sql << R"sql(
    select x.time
      from json_to_recordset(cast(:rows as json)) as x (time text)
     where x.time is not null and timestamp_or_null(x.time) is null
     limit 1)sql",
    soci::use(rows, "rows"), soci::into(wrong);
  if (sql.got_data())
    throw failure{errc::bad_request, "value: there is no time " + wrong};
}

} // namespace

void require_author(const viewer& who) {
  if (who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
}

std::vector<int64_t> insert_annotations(soci::session& sql, const viewer& who,
                                        json list) {
  for (size_t i = 0; i < list.size(); ++i)
    list[i]["n"] = i;
  const auto rows = list.dump();
  add_name_spaces(sql, rows);
  check_times(sql, rows);
  soci::rowset<soci::row> made =
    (sql.prepare << R"sql(
    with x as materialized (
      select r.*, timestamp_or_null(r.time) as at,
             case when r.sha256 is not null
                  then nextval(pg_get_serial_sequence('attachments', 'id')) end as attachment_id
        from json_to_recordset(cast(:rows as json))
               as r (n integer, group_id bigint, kind smallint, name_space text,
                     description text, text_value text, number_value numeric, time text,
                     pairs jsonb, file_name text, mime text, bytes bigint, sha256 text)
    ), stored as (
      insert into attachments (id, owner_id, group_id, name, mime, bytes, sha256)
      select x.attachment_id, cast(:owner as bigint), x.group_id, x.file_name, x.mime,
             x.bytes, decode(x.sha256, 'hex')
        from x
       where x.attachment_id is not null
    )
    insert into annotations (owner_id, group_id, kind, name_space_id, description,
                             text_value, number_value, time_value, pairs, attachment_id)
    select cast(:owner as bigint), x.group_id, x.kind, s.id, x.description, x.text_value,
           x.number_value, x.at, x.pairs, x.attachment_id
      from x
      left join name_spaces as s on s.name = x.name_space
     order by x.n
    returning id)sql",
     soci::use(rows, "rows"), soci::use(who.account, "owner"));
  std::vector<int64_t> ids;
  for (const auto& row : made)
    ids.push_back(int64_of(row, "id"));
  std::sort(ids.begin(), ids.end()); // given in the order of n
  return ids;
}

namespace {

void check_links(keys_as_sets& keys, soci::session& sql, object_type type,
                 const std::string& parents, const std::string& children) {
  sql << "create temporary table linked on commit drop as"
         " select o.id from unnest(cast(:parents as bigint[])) as o (id)",
    soci::use(parents, "parents");
  sql << "analyze linked";
  keys.check_of(fmt::format("annotation_links_{}", table_of(type)),
                fmt::format("t.child_id = any('{}') and t.parent_id in"
                            " (select o.id from linked as o)",
                            children));
  sql << "drop table linked";
}

} // namespace

void link_annotations(soci::session& sql, const viewer& who, object_type type,
                      const std::vector<int64_t>& objects,
                      const std::vector<int64_t>& annotations) {
  const auto parents = array_of(objects), children = array_of(annotations);
  const int kind = static_cast<int>(type);
  keys_as_sets keys{sql, static_cast<int64_t>(objects.size() * annotations.size())};
  sql << R"sql(
    insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
    select o.id, a.id, cast(:kind as smallint), a.group_id, cast(:owner as bigint)
      from unnest(cast(:parents as bigint[])) as o (id)
     cross join annotations as a
     where a.id = any(cast(:children as bigint[]))
        on conflict do nothing)sql",
    soci::use(parents, "parents"), soci::use(children, "children"),
    soci::use(kind, "kind"), soci::use(who.account, "owner");
  if (keys.are_later())
    check_links(keys, sql, type, parents, children);
  keys.end();
}

void link_annotations(soci::session& sql, const viewer& who, object_type type,
                      const std::vector<annotation_link>& links) {
  auto list = json::array();
  for (auto& l : links)
    list.push_back({{"o", l.object}, {"a", l.annotation}});
  const auto rows = list.dump();
  const int kind = static_cast<int>(type);
  sql << R"sql(
    insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
    select x.o, a.id, cast(:kind as smallint), a.group_id, cast(:owner as bigint)
      from json_to_recordset(cast(:rows as json)) as x (o bigint, a bigint)
      join annotations as a on a.id = x.a
        on conflict do nothing)sql",
    soci::use(rows, "rows"), soci::use(kind, "kind"), soci::use(who.account, "owner");
}

void drop_loose(soci::session& sql, const viewer& who,
                const std::vector<int64_t>& annotations) {
  const auto ids = array_of(annotations);
  // Comments, terms, numbers, booleans, times.
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    delete from annotations as a
     where a.id = any(cast(:ids as bigint[])) and a.kind in (2, 4, 5, 6, 7, 8)
       and not exists (select from annotation_links as l where l.child_id = a.id)
    returning a.id)sql",
                                  soci::use(ids, "ids"));
  std::vector<int64_t> gone;
  for (const auto& row : rows)
    gone.push_back(int64_of(row, "id"));
  if (!gone.empty())
    note(sql, who,
         {audit_action::deleted, object_kind::of(object_type::annotation), gone});
}

int64_t tag_called(soci::session& sql, const viewer& viewer, int64_t group,
                   const std::string& name) {
  const auto who = to_sql(viewer), set = std::string{name_space::tag_set};
  int64_t found = 0;
  sql << R"sql(
    select a.id
      from annotations as a
      left join name_spaces as n on n.id = a.name_space_id
     where a.kind = 1 and a.group_id = :group and lower(a.text_value) = lower(:name)
       and a.text_value = :name and n.name is distinct from :set
       and visible(a.owner_id, a.group_id, cast(:who as viewer))
     order by a.owner_id <> :account, a.id
     limit 1)sql",
    soci::use(group, "group"), soci::use(name, "name"), soci::use(set, "set"),
    soci::use(who, "who"), soci::use(viewer.account, "account"), soci::into(found);
  return sql.got_data() ? found : 0;
}

json annotated_detail(const std::vector<int64_t>& annotations) {
  return {{"annotations", annotations}};
}

} // namespace troupe
