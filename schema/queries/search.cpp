// Pages of what was found.

#include "schema/queries/search.hpp"

#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/search_matches.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace troupe {

namespace {

/// Where a page goes on: matches have no id of their own, kinds share them.
struct match_position {
  double rank = 0;
  std::string created = "infinity";
  int32_t kind = 0;
  int64_t id = 0;
};

/// @param value  "rank created kind", as `sort` of the query.
match_position parse(const list_position& at) {
  const failure wrong{errc::bad_request, "after is not a key of this list"};
  const auto& v = at.value;
  const auto first = v.find(' '), last = v.rfind(' ');
  if (first == std::string::npos || first == last)
    throw wrong;
  match_position out{.created = v.substr(first + 1, last - first - 1), .id = at.id};
  const auto* end = v.data() + v.size();
  const auto rank = std::from_chars(v.data(), v.data() + first, out.rank);
  const auto kind = std::from_chars(v.data() + last + 1, end, out.kind);
  if (rank.ec != std::errc{} || rank.ptr != v.data() + first || kind.ec != std::errc{}
      || kind.ptr != end || !std::isfinite(out.rank) || out.kind < 0
      || out.kind > object_types || !is_time(out.created))
    throw wrong;
  return out;
}

constexpr std::string_view item = R"sql(json_build_object(
  'type', (cast('{project,dataset,image,annotation,screen,plate,folder}' as text[]))[s.kind],
  'id', s.id, 'name', s.name, 'rank', s.rank,
  'owner', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
  'group', json_build_object('id', g.id, 'name', g.name),
  'created', rfc3339(s.created), 'acquired', rfc3339(s.acquired),
  'thumbnail', '/api/v1/images/' || i.id || '/thumbnail?v=' || i.version))sql";

std::string page_of_matches(const search_plan& plan, search_order order, bool first,
                            int32_t rows) {
  const bool ranked = order == search_order::rank && !plan.what.rank.empty();
  const std::string_view later =
    "(created, kind, id) < (cast(:created as timestamptz), cast(:kind as smallint), :id)";
  const auto later_ranked = fmt::format(
    "(rank < cast(:rank as real) or (rank = cast(:rank as real) and {}))", later);
  const auto source =
    matches_of(plan, ranked ? plan.what.rank : "cast(0 as real)",
               ranked ? most_ranked : rows, ranked || first ? "true" : later);
  return fmt::format(R"sql(
    with found as materialized (
      {source}
    ), slice as (
      select *
        from found
       where {after}
       order by rank desc, created desc, kind desc, id desc
       limit :limit
    )
    select s.id, s.rank || ' ' || rfc3339(s.created) || ' ' || s.kind as sort,
           cast({item} as text) as item
      from slice as s
      join accounts as a on a.id = s.owner_id
      join groups as g on g.id = s.group_id
      left join images as i on s.kind = 3 and i.id = s.id
     order by s.rank desc, s.created desc, s.kind desc, s.id desc)sql",
                     fmt::arg("source", source), fmt::arg("item", item),
                     fmt::arg("after", first ? "true" : later_ranked));
}

} // namespace

page<json_item> run(soci::session& sql, const search_objects& q) {
  const auto limit = limit_of(q.page);
  const auto list = q.order == search_order::rank ? "search/rank" : "search/newest";
  const auto from = position_of(list, q.page);
  const auto after = from ? parse(*from) : match_position{};
  const auto plan = plan_search(sql, q.who, q.words, q.types, from ? from->total : -1);
  // Later pages go the way the first one did: the total tells which.
  page<json_item> found;
  found.total = plan.total;
  const auto rows_read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << page_of_matches(plan, q.order, !from, rows_read),
     soci::use(plan.what.terms, "terms"), soci::use(plan.who, "who"),
     soci::use(plan.groups, "groups"), soci::use(after.rank, "rank"),
     soci::use(after.created, "created"), soci::use(after.kind, "kind"),
     soci::use(after.id, "id"), soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back(
      {int64_of(row, "id"), text_of(row, "sort"), text_of(row, "item")});
  end_page(found, limit, list, [](const json_item& x) { return x.sort; });
  return found;
}

} // namespace troupe
