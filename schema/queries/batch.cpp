#include "schema/queries/batch.hpp"

#include "schema/kept_plans.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

refused_object absent(object_type type, int64_t id) {
  return {id, errc::not_found, fmt::format("{} {}", name_of(type), id)};
}

refused_object forbidden(object_type type, int64_t id, std::string_view doing) {
  return {id, errc::denied,
          fmt::format("you may not {} {} {}", doing, name_of(type), id)};
}

} // namespace

std::vector<seen_object> seen_objects(soci::session& sql, const viewer& viewer,
                                      object_type type, const std::vector<int64_t>& ids) {
  if (ids.size() > most_objects)
    throw failure{errc::too_large, fmt::format("{} objects, at most {} in one request",
                                               ids.size(), most_objects)};
  const auto who = to_sql(viewer), wanted = array_of(ids);
  soci::rowset<soci::row> rows = (sql.prepare << kept
                                              << fmt::format(R"sql(
    select o.id, o.owner_id, o.group_id,
           rights_on(o.owner_id, o.group_id, cast(:who as viewer)) as rights
      from objects as o
     where o.kind = {} and o.id = any(cast(:ids as bigint[]))
       and visible(o.owner_id, o.group_id, cast(:who as viewer))
     order by o.id)sql",
                                                             static_cast<int>(type)),
                                  soci::use(who, "who"), soci::use(wanted, "ids"));
  std::vector<seen_object> found;
  for (const auto& row : rows)
    found.push_back({int64_of(row, "id"), int64_of(row, "owner_id"),
                     int64_of(row, "group_id"), int32_of(row, "rights")});
  return found;
}

std::vector<int64_t> allowed_objects::ids() const {
  std::vector<int64_t> out;
  for (auto& o : allowed)
    out.push_back(o.id);
  return out;
}

allowed_objects allowed(soci::session& sql, const viewer& who, object_type type,
                        const std::vector<int64_t>& ids, right needed,
                        std::string_view doing) {
  allowed_objects out;
  out.allowed = seen_objects(sql, who, type, ids);
  auto wanted = ids;
  std::sort(wanted.begin(), wanted.end());
  wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
  auto seen = out.allowed.begin();
  for (auto id : wanted) {
    if (seen == out.allowed.end() || seen->id != id)
      out.refused.push_back(absent(type, id));
    else if (!(seen++)->may(needed))
      out.refused.push_back(forbidden(type, id, doing));
  }
  std::erase_if(out.allowed, [&](auto& o) { return !o.may(needed); });
  return out;
}

seen_object require_seen(soci::session& sql, const viewer& who, object_type type,
                         int64_t id) {
  const auto found = seen_objects(sql, who, type, {id});
  if (found.empty())
    throw failure{errc::not_found, absent(type, id).reason};
  return found.front();
}

seen_object require_right(soci::session& sql, const viewer& who, object_type type,
                          int64_t id, right needed, std::string_view doing) {
  const auto found = require_seen(sql, who, type, id);
  if (!found.may(needed))
    throw failure{errc::denied, forbidden(type, id, doing).reason};
  return found;
}

} // namespace troupe
