#include "schema/queries/tag_branches.hpp"

#include "schema/queries/annotate.hpp"
#include "schema/queries/rows.hpp"

namespace troupe {

tag_branches run(soci::session& sql, const list_tag_branches& q) {
  const auto who = to_sql(q.who);
  const std::string set_name{name_space::tag_set};
  const auto in = q.in.value_or(0), owner = q.owner.value_or(0);
  const int orphaned = q.orphaned;
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    with t as materialized (
      select a.*, n.name is not distinct from :set_name as is_set
        from annotations as a
        left join name_spaces as n on n.id = a.name_space_id
       where a.kind = 1 and visible(a.owner_id, a.group_id, cast(:who as viewer))
         and (cast(:owner as bigint) = 0 or a.owner_id = :owner)
         and (cast(:in as bigint) = 0
              or exists (select from annotation_links as l
                          where l.kind = 4 and l.parent_id = :in and l.child_id = a.id))
         and (:orphaned = 0
              or not exists (select from annotation_links as l
                              where l.kind = 4 and l.child_id = a.id))
       order by a.id
       limit :limit offset :offset
    )
    select t.id, t.owner_id, t.text_value, t.description,
           rights_on(t.owner_id, t.group_id, cast(:who as viewer)) as rights,
           cast(t.is_set as integer) as is_set,
           case when t.is_set then
             (select count(*) from annotation_links as l
               where l.kind = 4 and l.parent_id = t.id)
           else
             (select count(distinct (l.kind, l.parent_id)) from annotation_links as l
               where l.kind in (1, 2, 3, 5, 6, 10, 11) and l.child_id = t.id)
           end as children
      from t
     order by t.id)sql",
     soci::use(set_name, "set_name"), soci::use(who, "who"), soci::use(owner, "owner"),
     soci::use(in, "in"), soci::use(orphaned, "orphaned"), soci::use(q.limit, "limit"),
     soci::use(q.offset, "offset"));
  tag_branches found;
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), int64_of(row, "owner_id"),
                           text_of(row, "text_value"), text_of(row, "description"),
                           int32_of(row, "rights"), bool_of(row, "is_set"),
                           int64_of(row, "children")});
  return found;
}

} // namespace troupe
