#include "schema/queries/linked_annotations.hpp"

#include "schema/queries/annotate.hpp"
#include "schema/queries/annotation_json.hpp"
#include "schema/queries/object_name.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/tree_links.hpp"

#include <fmt/format.h>

#include <set>

namespace troupe {

namespace {

constexpr const char* links_query = R"sql(
    select l.owner_id as by, a.owner_id, cast(json_build_object({annotation_fields},
             'attachment', a.attachment_id,
             'link', json_build_object(
               'id', {number}, 'owner', l.owner_id, 'created', rfc3339(l.created),
               'rights', right_names(rights_on(l.owner_id, l.group_id,
                                               cast(:who as viewer))),
               'parent', l.parent_id, 'name', {name})) as text) as item
      from annotation_links as l
      join objects as o on o.kind = :kind and o.id = l.parent_id
      join {table} as x on x.id = l.parent_id
      join annotations as a on a.id = l.child_id {annotation_joins}
     where l.kind = :kind and l.parent_id = any(cast(:ids as bigint[]))
       and visible(o.owner_id, o.group_id, cast(:who as viewer))
       and visible(a.owner_id, a.group_id, cast(:who as viewer))
       and (cardinality(cast(:kinds as bigint[])) = 0
            or a.kind = any(cast(:kinds as bigint[])))
       and (:named = 0 or n.name is not distinct from :name_space)
       and (:rated = -1 or (n.name is not distinct from :rating) = (:rated = 1))
     order by n.name, a.id, l.parent_id, l.owner_id
     limit :limit offset :offset)sql";

std::string kinds_array(const std::vector<metadata::annotation_kind>& kinds) {
  std::vector<int64_t> numbers;
  for (auto kind : kinds)
    numbers.push_back(static_cast<int64_t>(kind));
  return array_of(numbers);
}

std::vector<person_words> people_of(soci::session& sql, const std::set<int64_t>& ids) {
  const auto list = array_of(std::vector<int64_t>{ids.begin(), ids.end()});
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select a.id, a.login, a.first_name, a.middle_name, a.last_name
      from accounts as a
     where a.id = any(cast(:ids as bigint[]))
     order by a.id)sql",
                                  soci::use(list, "ids"));
  std::vector<person_words> out;
  for (const auto& row : rows)
    out.push_back({int64_of(row, "id"), text_of(row, "login"), text_of(row, "first_name"),
                   text_of(row, "middle_name"), text_of(row, "last_name"), "", ""});
  return out;
}

/// Steps up until there is nothing above.
constexpr const char* ancestors_query = R"sql(
    with recursive up (kind, id, below) as (
      select cast(:kind as integer), b.id, b.id
        from unnest(cast(:ids as bigint[])) as b (id)
      union
      select p.kind, p.id, up.below
        from up
       cross join lateral (
         select k.parent_kind as kind, l.parent_id as id
           from link_kinds as k
           join links as l on l.kind = k.kind and l.child_id = up.id
          where k.child_kind = up.kind and k.parent_kind <> 7
         union all
         select 10, f.well_id from fields as f where up.kind = 3 and f.image_id = up.id
         union all
         select 11, f.run_id
           from fields as f
          where up.kind = 3 and f.image_id = up.id and f.run_id is not null
         union all
         select 6, w.plate_id from wells as w where up.kind = 10 and w.id = up.id
         union all
         select 6, r.plate_id from plate_runs as r where up.kind = 11 and r.id = up.id
       ) as p
    )
    select up.kind, up.id, up.below, {name} as name
      from up
      join objects as o on o.kind = up.kind and o.id = up.id
      join objects as b on b.kind = :kind and b.id = up.below
      join {table} as x on x.id = up.below
     where (up.kind <> :kind or up.id <> up.below)
       and visible(o.owner_id, o.group_id, cast(:who as viewer))
       and visible(b.owner_id, b.group_id, cast(:who as viewer))
     order by up.kind, up.id, up.below)sql";

} // namespace

linked_annotations run(soci::session& sql, const list_linked_annotations& q) {
  const auto who = to_sql(q.who), ids = array_of(q.ids), kinds = kinds_array(q.kinds),
             name_space = q.name_space.value_or(""),
             rating = std::string{troupe::name_space::rating};
  const int kind = static_cast<int>(q.type), named = q.name_space.has_value(),
            rated = q.ratings ? *q.ratings : -1;
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       links_query, fmt::arg("annotation_fields", annotation_fields),
       fmt::arg("annotation_joins", annotation_joins),
       fmt::arg("number",
                link_number("'on', l.kind, l.parent_id, l.child_id, l.owner_id")),
       fmt::arg("name", object_name(q.type)), fmt::arg("table", table_of(q.type))),
     soci::use(who, "who"), soci::use(kind, "kind"), soci::use(ids, "ids"),
     soci::use(kinds, "kinds"), soci::use(named, "named"),
     soci::use(name_space, "name_space"), soci::use(rated, "rated"),
     soci::use(rating, "rating"), soci::use(q.limit, "limit"),
     soci::use(q.offset, "offset"));
  linked_annotations found;
  std::set<int64_t> people;
  for (const auto& row : rows) {
    found.items.push_back(text_of(row, "item"));
    people.insert(int64_of(row, "by"));
    people.insert(int64_of(row, "owner_id"));
  }
  found.people = people_of(sql, people);
  return found;
}

ancestors run(soci::session& sql, const list_ancestors& q) {
  const auto who = to_sql(q.who), ids = array_of(q.ids);
  const int kind = static_cast<int>(q.type);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(ancestors_query, fmt::arg("name", object_name(q.type)),
                                fmt::arg("table", table_of(q.type))),
     soci::use(kind, "kind"), soci::use(ids, "ids"), soci::use(who, "who"));
  ancestors found;
  for (const auto& row : rows)
    found.items.push_back({static_cast<object_type>(int32_of(row, "kind")),
                           int64_of(row, "id"), int64_of(row, "below"),
                           text_of(row, "name")});
  return found;
}

} // namespace troupe
