#include "schema/queries/selection.hpp"

#include "schema/queries/rows.hpp"
#include "schema/queries/search_conditions.hpp"
#include "schema/queries/search_matches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace troupe {

namespace {

constexpr size_t most_selecting_containers = 10'000;

using ids_by_type = std::map<object_type, std::vector<int64_t>>;

/// Those that hold what search finds; each must be visible.
ids_by_type visible_containers(soci::session& sql, const viewer& who,
                               const selection& chosen) {
  constexpr object_type holders[] = {object_type::project, object_type::dataset,
                                     object_type::screen, object_type::plate,
                                     object_type::folder};
  if (chosen.within.size() > most_selecting_containers)
    throw failure{errc::too_large, fmt::format("a selection is within at most {} "
                                               "containers",
                                               most_selecting_containers)};
  ids_by_type found;
  for (auto& c : chosen.within) {
    if (std::find(std::begin(holders), std::end(holders), c.type) == std::end(holders))
      throw failure{errc::bad_request,
                    fmt::format("nothing is within a {}", name_of(c.type))};
    found[c.type].push_back(c.id);
  }
  for (auto& [type, ids] : found) {
    std::set<int64_t> seen;
    for (auto& o : seen_objects(sql, who, type, ids))
      seen.insert(o.id);
    for (auto id : ids)
      if (!seen.contains(id))
        throw failure{errc::not_found, fmt::format("{} {}", name_of(type), id)};
  }
  return found;
}

/// As a condition of `d`, with the arrays :projects, :datasets ...
std::string inside_any(const ids_by_type& containers) {
  std::string parts;
  for (auto& [type, ids] : containers)
    parts +=
      (parts.empty() ? "" : "\n        union all")
      + contents_of(type, fmt::format("any(cast(:{} as bigint[]))", table_of(type)));
  return parts.empty() ? "" : "\n       and (d.kind, d.id) in (" + parts + ")";
}

std::vector<int64_t> find_selected(soci::session& sql, const viewer& viewer,
                                   object_type type, const selection& chosen) {
  const auto containers = visible_containers(sql, viewer, chosen);
  const auto what = conditions_of(visible_terms(sql, viewer, chosen.query.value_or("")),
                                  search_types(name_of(type)));
  auto array = [&](object_type of) {
    const auto found = containers.find(of);
    return array_of(found == containers.end() ? std::vector<int64_t>{} : found->second);
  };
  const auto who = to_sql(viewer), projects = array(object_type::project),
             datasets = array(object_type::dataset), screens = array(object_type::screen),
             plates = array(object_type::plate), folders = array(object_type::folder);
  const auto most = static_cast<int64_t>(most_objects + chosen.minus.size() + 1);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select d.id
      from search_docs as d
     where {}{}
     limit :most)sql",
                                what.matches, inside_any(containers)),
     soci::use(what.terms, "terms"), soci::use(who, "who"),
     soci::use(projects, "projects"), soci::use(datasets, "datasets"),
     soci::use(screens, "screens"), soci::use(plates, "plates"),
     soci::use(folders, "folders"), soci::use(most, "most"));
  std::vector<int64_t> ids;
  for (const auto& row : rows)
    ids.push_back(int64_of(row, "id"));
  return ids;
}

void sort_unique(std::vector<int64_t>& ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
}

/// A blank query without a place would be everything there is: nobody means that.
bool searches(const selection& chosen) {
  return !chosen.within.empty() || (chosen.query && !parse_search(*chosen.query).empty());
}

} // namespace

std::vector<int64_t> resolve(soci::session& sql, const viewer& who, object_type type,
                             const selection& chosen) {
  if (!searches(chosen) && chosen.plus.empty())
    throw failure{errc::bad_request,
                  "a selection needs words in `query`, or `within`, or `plus`"};
  auto found =
    searches(chosen) ? find_selected(sql, who, type, chosen) : std::vector<int64_t>{};
  found.insert(found.end(), chosen.plus.begin(), chosen.plus.end());
  sort_unique(found);
  auto minus = chosen.minus;
  sort_unique(minus);
  std::vector<int64_t> out;
  std::set_difference(found.begin(), found.end(), minus.begin(), minus.end(),
                      std::back_inserter(out));
  if (out.empty())
    throw failure{errc::bad_request,
                  fmt::format("the selection has no {}", name_of(type))};
  if (out.size() > most_objects)
    throw failure{errc::too_large,
                  fmt::format("the selection has more than {} objects, which is the most "
                              "of one request: narrow it",
                              most_objects)};
  return out;
}

} // namespace troupe
