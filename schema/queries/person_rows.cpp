#include "schema/queries/person_rows.hpp"

#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

namespace {

std::vector<account_group> groups_of(const nlohmann::json& stored) {
  std::vector<account_group> out;
  for (auto& g : stored)
    out.push_back({g.at("id"), g.at("name"), g.at("level"), g.at("leader")});
  return out;
}

account_details person_of(const soci::row& row) {
  account_details p;
  p.id = int64_of(row, "id");
  p.login = text_of(row, "login");
  p.name = text_of(row, "name");
  p.first_name = text_of(row, "first_name");
  p.middle_name = text_of(row, "middle_name");
  p.last_name = text_of(row, "last_name");
  p.active = bool_of(row, "active");
  p.admin = bool_of(row, "admin");
  p.reader = bool_of(row, "reader");
  p.privileges = p.admin ? int32_of(row, "privileges") : 0;
  p.known = bool_of(row, "known");
  if (!p.known)
    return p;
  p.email = text_of(row, "email");
  p.institution = text_of(row, "institution");
  p.created = text_of(row, "created");
  p.default_group = int64_of(row, "default_group_id");
  p.groups = groups_of(json_of(row, "groups"));
  return p;
}

} // namespace

std::vector<account_details> read_people(soci::session& sql, const viewer& who,
                                         const person_choice& which) {
  auto reader = to_sql(who);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select a.id, a.login, a.name, a.first_name, a.middle_name, a.last_name, a.email,
           a.institution, cast(a.active as integer) as active,
           cast(a.admin as integer) as admin, cast(a.reader as integer) as reader,
           a.privileges, rfc3339(a.created) as created, a.default_group_id,
           cast(w.everything or a.id = w.account
                or exists (select from memberships as m
                            where m.account_id = a.id and m.group_id = any(w.led_groups))
                as integer) as known,
           (select cast(json_agg(json_build_object('id', g.id, 'name', g.name,
                                                   'level', g.level, 'leader', m.leader)
                                 order by g.name) as text)
              from memberships as m
              join groups as g on g.id = m.group_id
             where m.account_id = a.id) as groups
      from accounts as a
     cross join (select (cast(:who as viewer)).*) as w
     where )sql" + std::string{which.where}
                      + " and :id = :id and :after = :after and :search = :search"
                        " order by a.login limit :limit",
     soci::use(reader, "who"), soci::use(which.id, "id"), soci::use(which.after, "after"),
     soci::use(which.search, "search"), soci::use(which.limit, "limit"));
  std::vector<account_details> found;
  for (const auto& row : rows)
    found.push_back(person_of(row));
  return found;
}

void require_power_over(const viewer& who, const account_details& other) {
  if (!who.may(privilege::modify_account))
    throw failure{errc::denied, "only administrators change other people's accounts"};
  if ((other.privileges & ~who.privileges) != 0)
    throw failure{errc::denied, other.login + " has privileges that you have not"};
}

} // namespace troupe
