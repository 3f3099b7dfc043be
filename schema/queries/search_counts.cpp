// How matches divide, and words that are still to be indexed.

#include "schema/queries/search_matches.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

// Tags are counted through their links, of the newest two thousand: a million links take
// longer than anybody waits.
constexpr std::string_view counts = R"sql(
    select cast(json_build_object(
      'total', cast(:total as bigint),
      'types', (select coalesce(json_agg(json_build_object(
                         'type', (cast('{project,dataset,image,annotation,screen,plate,folder}'
                                       as text[]))[x.kind],
                         'count', x.count) order by x.count desc, x.kind), '[]')
                  from (select kind, count(*) from found group by kind) as x),
      'owners', (select coalesce(json_agg(json_build_object(
                          'id', a.id, 'login', a.login, 'name', a.name, 'count', x.count)
                          order by x.count desc, a.id), '[]')
                   from (select owner_id, count(*) from found group by owner_id
                          order by count(*) desc, owner_id limit 10) as x
                   join accounts as a on a.id = x.owner_id),
      'groups', (select coalesce(json_agg(json_build_object(
                          'id', g.id, 'name', g.name, 'count', x.count)
                          order by x.count desc, g.id), '[]')
                   from (select group_id, count(*) from found group by group_id
                          order by count(*) desc, group_id limit 10) as x
                   join groups as g on g.id = x.group_id),
      'tags', (select coalesce(json_agg(json_build_object('text', x.tag, 'count', x.count)
                                        order by x.count desc, x.tag), '[]')
                 from (select a.text_value as tag, count(distinct (f.kind, f.id))
                         from (select kind, id from found
                                order by created desc limit 2000) as f
                         join annotation_links as l on l.parent_id = f.id and l.kind = f.kind
                         join annotations as a on a.id = l.child_id and a.kind = 1
                        where visible(a.owner_id, a.group_id, cast(:who as viewer))
                        group by a.text_value
                        order by count(distinct (f.kind, f.id)) desc, a.text_value
                        limit 10) as x)) as text))sql";

} // namespace

json_document run(soci::session& sql, const count_search& q) {
  const auto plan = plan_search(sql, q.who, q.words, q.types, -1);
  json_document found;
  sql << fmt::format("with found as materialized ({})\n{}",
                     matches_of(plan, "cast(0 as real)", most_counted), counts),
    soci::use(plan.what.terms, "terms"), soci::use(plan.who, "who"),
    soci::use(plan.groups, "groups"), soci::use(plan.total, "total"),
    soci::into(found.text);
  return found;
}

int32_t run(soci::session& sql, const index_pending& q) {
  int32_t count = 0;
  sql << "select index_pending(:most)", soci::use(q.most, "most"), soci::into(count);
  return count;
}

} // namespace troupe
