#include "schema/queries/search_matches.hpp"

#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

int64_t count(soci::session& sql, const search_plan& plan) {
  int64_t total = 0;
  const int most = most_counted + 1;
  sql << fmt::format(R"sql(
    select count(*)
      from (select
              from search_docs as d
             where {}
             limit :most) as counted)sql",
                     plan.what.matches),
    soci::use(plan.what.terms, "terms"), soci::use(plan.who, "who"),
    soci::use(most, "most"), soci::into(total);
  return total;
}

} // namespace

std::vector<search_term> visible_terms(soci::session& sql, const viewer& who,
                                       const std::string& words) {
  auto terms = parse_search(words);
  for (const auto& t : terms)
    if (t.field == search_field::inside)
      require_seen(sql, who, t.types.at(0), t.id);
  return terms;
}

search_plan plan_search(soci::session& sql, const viewer& who, const std::string& words,
                        const std::vector<object_type>& types, int64_t known_total) {
  const auto terms = visible_terms(sql, who, words);
  auto groups = who.full;
  groups.insert(groups.end(), who.own.begin(), who.own.end());
  search_plan plan{conditions_of(terms, types), to_sql(who), array_of(groups),
                   who.everything, known_total};
  if (known_total < 0)
    plan.total = count(sql, plan);
  return plan;
}

std::string matches_of(const search_plan& plan, std::string_view rank, int32_t most,
                       std::string_view more) {
  const auto rows =
    fmt::format("select d.kind, d.id, d.owner_id, d.group_id, d.created, d.acquired, "
                "d.name, {} as rank\n      from search_docs as d\n     where {}",
                rank, plan.what.matches);
  if (!plan.common())
    return rows;
  const auto order =
    fmt::format("order by created desc, kind desc, id desc limit {}", most);
  if (plan.everywhere)
    return fmt::format("{} and {} {}", rows, more, order);
  return fmt::format("select m.* from unnest(cast(:groups as bigint[])) as g (id)\n"
                     "     cross join lateral ({} and {} and d.group_id = g.id {}) as m\n"
                     "     {}",
                     rows, more, order, order);
}

} // namespace troupe
