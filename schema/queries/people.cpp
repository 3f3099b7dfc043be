// People: listed, found, changed.

#include "schema/queries/people.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/person_rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// Of the texts that LIKE would read: what stands for itself only.
std::string contains(const std::string& text) {
  std::string out = "%";
  for (char c : text) {
    if (c == '%' || c == '_' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + "%";
}

void check_words(const account_words& words) {
  auto check = [](const char* field, const std::optional<std::string>& text) {
    if (text)
      check_text(field, *text, 255);
  };
  check("firstName", words.first_name);
  check("middleName", words.middle_name);
  check("lastName", words.last_name);
  check("email", words.email);
  check("institution", words.institution);
}

/// An administrator's new privileges, none above the giver's.
void require_grantable(const viewer& who, bool admin, int32_t privileges) {
  if (!admin)
    return;
  if (privileges < 0 || privileges > all_privileges)
    throw failure{errc::bad_request, "privileges are bits up to 32767"};
  if ((privileges & ~who.privileges) != 0)
    throw failure{errc::denied, "nobody gives privileges they have not themselves"};
}

void require_root_stays(const change_person& q, const account_details& now) {
  if (now.login != "root")
    return;
  if ((q.login && *q.login != "root") || (q.active && !*q.active)
      || (q.admin && !*q.admin) || (q.reader && *q.reader)
      || (q.privileges && *q.privileges != all_privileges))
    throw failure{errc::conflict, "root stays as it is"};
}

bool only_own_words(const change_person& q) {
  return !q.login && !q.active && !q.admin && !q.reader && !q.privileges;
}

void check(const change_person& q, const account_details& now) {
  check_words(q.words);
  if (q.account != q.who.account || !only_own_words(q))
    require_power_over(q.who, now);
  require_root_stays(q, now);
  if (q.login && !is_login(*q.login))
    throw failure{errc::bad_request, "login must be 1 to 64 letters, digits or . _ @ -"};
  if (q.account == q.who.account && q.active && !*q.active)
    throw failure{errc::conflict, "nobody switches themselves off"};
  require_grantable(q.who, q.admin.value_or(now.admin),
                    q.privileges.value_or(now.admin ? now.privileges : all_privileges));
}

void require_login_free(soci::session& sql, const std::string& login, int64_t account) {
  int taken = 0;
  sql << "select 1 from accounts where login = :login and id <> :account",
    soci::use(login, "login"), soci::use(account, "account"), soci::into(taken);
  if (sql.got_data())
    throw failure{errc::conflict, "there is an account " + login + " already"};
}

void close_sessions(soci::session& sql, int64_t account, int64_t but) {
  sql << R"sql(
    update sessions set closed = now()
     where (account_id = :account or sudoer_id = :account) and closed is null
       and id <> :but)sql",
    soci::use(account, "account"), soci::use(but, "but");
}

/// Where a person's new objects go: a group they are in.
void move_home(soci::session& sql, int64_t account, int64_t group) {
  int64_t moved = 0;
  sql << R"sql(
    update accounts as a set default_group_id = m.group_id
      from memberships as m
      join groups as g on g.id = m.group_id and g.name not in ('user', 'system')
     where a.id = :account and m.account_id = a.id and m.group_id = :group
    returning a.id)sql",
    soci::use(account, "account"), soci::use(group, "group"), soci::into(moved);
  if (!sql.got_data())
    throw failure{errc::conflict,
                  fmt::format("account {} is not in group {}", account, group)};
  sql << "update sessions set group_id = :group where account_id = :account",
    soci::use(group, "group"), soci::use(account, "account");
}

void write(soci::session& sql, const change_person& q, const account_details& now) {
  const auto login = q.login.value_or(now.login),
             first = q.words.first_name.value_or(now.first_name),
             middle = q.words.middle_name.value_or(now.middle_name),
             last = q.words.last_name.value_or(now.last_name),
             email = q.words.email.value_or(now.email),
             institution = q.words.institution.value_or(now.institution);
  const int active = q.active.value_or(now.active), admin = q.admin.value_or(now.admin),
            reader = q.reader.value_or(now.reader);
  const auto privileges =
    q.privileges.value_or(now.admin ? now.privileges : all_privileges);
  require_login_free(sql, login, q.account);
  sql << R"sql(
    update accounts
       set login = :login, first_name = :first, middle_name = :middle, last_name = :last,
           email = :email, institution = :institution,
           active = cast(:active as integer) <> 0, admin = cast(:admin as integer) <> 0,
           reader = cast(:reader as integer) <> 0, privileges = :privileges
     where id = :account)sql",
    soci::use(login, "login"), soci::use(first, "first"), soci::use(middle, "middle"),
    soci::use(last, "last"), soci::use(email, "email"),
    soci::use(institution, "institution"), soci::use(active, "active"),
    soci::use(admin, "admin"), soci::use(reader, "reader"),
    soci::use(privileges, "privileges"), soci::use(q.account, "account");
  if (!active)
    close_sessions(sql, q.account, 0);
}

} // namespace

page<account_details> run(soci::session& sql, const list_people& q) {
  check_text("search", q.search, 255);
  const auto limit = limit_of(q.page);
  const auto from = position_of("people", q.page).value_or(list_position{});
  page<account_details> found;
  // Switched-off accounts are an administrator's business.
  found.items = read_people(sql, q.who,
                            {.where = R"sql(a.login > :after
         and (a.active or w.everything)
         and (a.login ilike :search or a.name ilike :search))sql",
                             .after = from.value,
                             .search = contains(q.search),
                             .limit = limit + 1});
  auto search = contains(q.search);
  int everything = q.who.everything;
  sql << R"sql(
    select count(*) from accounts as a
     where (a.active or :everything <> 0)
       and (a.login ilike :search or a.name ilike :search))sql",
    soci::use(everything, "everything"), soci::use(search, "search"),
    soci::into(found.total);
  end_page(found, limit, "people", [](const account_details& a) { return a.login; });
  return found;
}

account_details run(soci::session& sql, const find_person& q) {
  auto found = read_people(sql, q.who, {.where = "a.id = :id", .id = q.account});
  if (found.empty())
    throw failure{errc::not_found, fmt::format("account {}", q.account)};
  return std::move(found.front());
}

account_details run(soci::session& sql, const add_person& q) {
  const bool admin = q.who.may(privilege::modify_account);
  if (!admin && !q.who.leads(q.group))
    throw failure{errc::denied, "only administrators, and leaders in their groups, make "
                                "accounts"};
  if (!admin && (q.admin || q.reader))
    throw failure{errc::denied, "leaders make plain accounts only"};
  require_grantable(q.who, q.admin, q.privileges);
  check_words(q.words);
  std::string group;
  sql << "select name from groups where id = :id", soci::use(q.group, "id"),
    soci::into(group);
  if (!sql.got_data() || group == "user" || group == "system")
    throw failure{errc::not_found, fmt::format("group {}", q.group)};
  auto made = run(sql, create_account{.login = q.login,
                                      .first_name = q.words.first_name.value_or(""),
                                      .last_name = q.words.last_name.value_or(""),
                                      .email = q.words.email.value_or(""),
                                      .secret = q.secret,
                                      .admin = q.admin,
                                      .group = group});
  const auto middle = q.words.middle_name.value_or(""),
             institution = q.words.institution.value_or("");
  const int reader = q.reader;
  sql << R"sql(
    update accounts set middle_name = :middle, institution = :institution,
                        reader = cast(:reader as integer) <> 0, privileges = :privileges
     where id = :account)sql",
    soci::use(middle, "middle"), soci::use(institution, "institution"),
    soci::use(reader, "reader"), soci::use(q.privileges, "privileges"),
    soci::use(made.id, "account");
  return run(sql, find_person{q.who, made.id});
}

account_details run(soci::session& sql, const change_person& q) {
  const auto now = run(sql, find_person{q.who, q.account});
  check(q, now);
  if (!only_own_words(q) || q.words.first_name || q.words.middle_name || q.words.last_name
      || q.words.email || q.words.institution)
    write(sql, q, now);
  if (q.default_group)
    move_home(sql, q.account, *q.default_group);
  auto after = run(sql, find_person{q.who, q.account});
  auto words = [](const account_details& a) {
    return nlohmann::json{{"login", a.login},   {"name", a.name},
                          {"active", a.active}, {"admin", a.admin},
                          {"reader", a.reader}, {"privileges", a.privileges}};
  };
  note(sql, q.who,
       {audit_action::change,
        object_kind::account,
        {q.account},
        0,
        {{"before", words(now)}, {"after", words(after)}}});
  return after;
}

done run(soci::session& sql, const change_secret& q) {
  const auto now = run(sql, find_person{q.who, q.account});
  if (q.account != q.who.account)
    require_power_over(q.who, now);
  check_text("secret", q.secret, 255);
  sql << "update accounts set secret = :secret, secret_changed = now() where id = :id",
    soci::use(q.secret, "secret"), soci::use(q.account, "id");
  sql << "delete from sign_in_failures where login = :login",
    soci::use(now.login, "login");
  sql << "delete from reset_links where account_id = :id", soci::use(q.account, "id");
  close_sessions(sql, q.account, q.who.session);
  note(sql, q.who, {audit_action::change_secret, object_kind::account, {q.account}});
  return {};
}

} // namespace troupe
