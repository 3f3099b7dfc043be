// What a plan says of itself.

#include "schema/queries/audit.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/subgraph.hpp"

#include <algorithm>

namespace troupe {

std::map<object_type, tally> count_going(soci::session& sql, const viewer& who) {
  std::map<object_type, tally> out;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select kind, count(*) as all_of_them,
           count(*) filter (where owner_id <> :account) as others
      from going
     where kind > 0
     group by kind)sql",
                                  soci::use(who.account, "account"));
  for (const auto& row : rows)
    out[static_cast<object_type>(int32_of(row, "kind"))] = {int64_of(row, "all_of_them"),
                                                            int64_of(row, "others")};
  return out;
}

int64_t all_rows(const std::map<object_type, tally>& counts) {
  int64_t out = 0;
  for (auto& [type, count] : counts)
    out += count.all;
  return out;
}

nlohmann::json counts_json(const std::map<object_type, tally>& counts) {
  auto out = nlohmann::json::object();
  for (auto& [type, n] : counts)
    out[std::string{name_of(type)}] = n.all;
  return out;
}

nlohmann::json others_json(const std::map<object_type, tally>& counts) {
  auto out = nlohmann::json::object();
  for (auto& [type, n] : counts)
    if (n.others > 0)
      out[std::string{name_of(type)}] = n.others;
  return out;
}

nlohmann::json staying_json(const std::vector<staying_object>& all, bool chosen) {
  auto out = nlohmann::json::array();
  for (auto& x : all)
    if (x.chosen == chosen)
      out.push_back({{"type", name_of(x.type)},
                     {"id", x.what.id},
                     {"reason", x.what.reason},
                     {"error", to_string(x.what.why)}});
  return out;
}

int64_t others_rois(soci::session& sql, const viewer& who) {
  int64_t rois = 0;
  sql << "select count(*) from going"
         " where kind = 8 and not chosen and owner_id <> :account",
    soci::use(who.account, "account"), soci::into(rois);
  return rois;
}

int64_t bytes_going(soci::session& sql) {
  int64_t bytes = 0;
  sql << R"sql(
    select coalesce((select cast(sum(f.bytes) as bigint)
                       from going as g
                       join files as f on f.fileset_id = g.id
                      where g.kind = 9), 0)
         + coalesce((select cast(sum(t.bytes) as bigint)
                       from going as g
                       join attachments as t on t.id = g.id
                      where g.kind = 0), 0))sql",
    soci::into(bytes);
  return bytes;
}

void require_some(soci::session& sql, const std::vector<staying_object>& staying) {
  int64_t chosen = 0;
  sql << "select count(*) from going where chosen", soci::into(chosen);
  if (chosen > 0)
    return;
  if (staying.empty())
    throw failure{errc::bad_request, "nothing was chosen"};
  throw failure{staying.front().what.why, staying.front().what.reason};
}

void note_going(soci::session& sql, const viewer& who, int action,
                const nlohmann::json& detail) {
  struct set_of_ids {
    int kind;
    int64_t group;
    std::vector<int64_t> ids;
  };
  std::vector<set_of_ids> sets;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select kind, group_id, cast(json_agg(id order by id) as text) as ids
      from going
     where kind between 1 and 9
     group by kind, group_id
     order by kind, group_id)sql");
  for (const auto& row : rows)
    sets.push_back(
      {int32_of(row, "kind"), int64_of(row, "group_id"), ids_of(row, "ids")});
  for (auto& s : sets)
    note(sql, who,
         {action, object_kind::of(static_cast<object_type>(s.kind)), std::move(s.ids),
          s.group, detail});
}

} // namespace troupe
