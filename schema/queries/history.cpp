#include "schema/queries/history.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <array>

namespace troupe {

namespace {

/// By their numbers in audit_action, from 1.
constexpr std::array actions{
  "create", "change-password", "import",  "save-settings", "paste-settings", "change",
  "join",   "leave",           "act-as",  "make-token",    "revoke",         "link",
  "unlink", "delete",          "restore", "purge",         "move",           "give",
  "cancel", "make-reset-link", "share",   "restart",       "drain"};

std::string action_cases() {
  std::string out = "case t.action";
  for (size_t i = 0; i < actions.size(); ++i)
    out += fmt::format(" when {} then '{}'", i + 1, actions[i]);
  return out + " else cast(t.action as text) end";
}

struct named_kind {
  int number;
  std::string_view name;
};
std::vector<named_kind> kinds() {
  std::vector<named_kind> out{
    {object_kind::account, "account"}, {object_kind::import, "import"},
    {object_kind::group, "group"},     {object_kind::session, "session"},
    {object_kind::trash, "trash"},     {object_kind::job, "job"},
    {object_kind::share, "share"},     {object_kind::actor, "actor"}};
  for (int i = 1; i <= object_types; ++i) {
    const auto type = static_cast<object_type>(i);
    out.push_back({object_kind::of(type), name_of(type)});
  }
  return out;
}

std::string kind_cases() {
  std::string out = "case t.kind";
  for (auto& k : kinds())
    out += fmt::format(" when {} then '{}'", k.number, k.name);
  return out + " else cast(t.kind as text) end";
}

int action_named(const std::string& word) {
  for (size_t i = 0; i < actions.size(); ++i)
    if (actions[i] == word)
      return static_cast<int>(i) + 1;
  throw failure{errc::bad_request, fmt::format("there is no action \"{}\"", word)};
}

int kind_named(const std::string& word) {
  for (auto& k : kinds())
    if (k.name == word)
      return k.number;
  throw failure{errc::bad_request, fmt::format("there is no type \"{}\"", word)};
}

/// A filter as statements take it: 0 and "" are any.
struct bound_filter {
  int64_t account = 0, object = 0;
  int action = 0, kind = 0;
  std::string from, to;
};

/// Checked by PostgreSQL, in the words of the request.
void check_time(soci::session& sql, const char* name, const std::string& text) {
  std::string time;
  sql << "select coalesce(cast(timestamp_or_null(:text) as text), '')",
    soci::use(text, "text"), soci::into(time);
  if (time.empty())
    throw failure{errc::bad_request,
                  fmt::format("{} must be a time as in RFC 3339", name)};
}

bound_filter bound(soci::session& sql, const audit_filter& f) {
  bound_filter out{f.account.value_or(0),
                   f.object.value_or(0),
                   f.action ? action_named(*f.action) : 0,
                   f.type ? kind_named(*f.type) : 0,
                   f.from.value_or(""),
                   f.to.value_or("")};
  if (f.from)
    check_time(sql, "from", out.from);
  if (f.to)
    check_time(sql, "to", out.to);
  return out;
}

constexpr const char* history_condition = R"sql(
    (cast(:account as bigint) = 0 or t.account_id = :account or t.sudoer_id = :account)
       and (cast(:object as bigint) = 0 or t.object_id = :object)
       and (:action = 0 or t.action = :action) and (:kind = 0 or t.kind = :kind)
       and (:from = '' or t.at >= timestamp_or_null(:from))
       and (:to = '' or t.at < timestamp_or_null(:to)))sql";

constexpr const char* who_did = R"sql(
    (select json_build_object('id', a.id, 'login', a.login, 'name', a.name)
       from accounts as a
      where a.id = t.{}))sql";

/// @param everything  also what only administrators read.
std::string history_item(bool everything) {
  const auto more = everything ? ", 'session', t.session_id, 'address', t.address,"
                                 " 'group', t.group_id"
                               : "";
  return fmt::format("json_build_object('at', rfc3339(t.at), 'action', {}, 'type', {},"
                     " 'id', t.object_id, 'account', {}, 'actingFor', {},"
                     " 'detail', t.detail{})",
                     action_cases(), kind_cases(), fmt::format(who_did, "account_id"),
                     fmt::format(who_did, "sudoer_id"), more);
}

page<json_item> list(soci::session& sql, const bound_filter& f, bool everything,
                     const page_request& page) {
  const auto limit = limit_of(page);
  const auto at = position_of("audit", page);
  if (at && !is_time(at->value))
    throw failure{errc::bad_request, "after is no key of this list"};
  troupe::page<json_item> found;
  found.total = at ? at->total : 0;
  if (!at)
    sql << fmt::format("select count(*) from audits as t where {}", history_condition),
      soci::use(f.account, "account"), soci::use(f.object, "object"),
      soci::use(f.action, "action"), soci::use(f.kind, "kind"), soci::use(f.from, "from"),
      soci::use(f.to, "to"), soci::into(found.total);
  const auto value = at ? at->value : std::string{"infinity"};
  const auto id = at ? at->id : INT64_MAX;
  const auto read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select t.object_id as id, rfc3339(t.at) as sort, cast({} as text) as item
      from audits as t
     where {} and t.at <= cast(:before as timestamptz)
       and (t.at, t.object_id) < (cast(:before as timestamptz), :id)
     order by t.at desc, t.object_id desc
     limit :limit)sql",
                                history_item(everything), history_condition),
     soci::use(f.account, "account"), soci::use(f.object, "object"),
     soci::use(f.action, "action"), soci::use(f.kind, "kind"), soci::use(f.from, "from"),
     soci::use(f.to, "to"), soci::use(value, "before"), soci::use(id, "id"),
     soci::use(read, "limit"));
  for (const auto& row : rows)
    found.items.push_back(
      {int64_of(row, "id"), text_of(row, "sort"), text_of(row, "item")});
  end_page(found, limit, "audit", [](const json_item& x) { return x.sort; });
  return found;
}

void require_administrator(const viewer& who) {
  if (!who.everything)
    throw failure{errc::denied, "the history of everything is for administrators"};
}

} // namespace

page<json_item> run(soci::session& sql, const object_history& q) {
  require_seen(sql, q.who, q.type, q.id);
  return list(sql, {.object = q.id, .kind = object_kind::of(q.type)}, false, q.page);
}

page<json_item> run(soci::session& sql, const list_audit& q) {
  require_administrator(q.who);
  return list(sql, bound(sql, q.filter), true, q.page);
}

json_document run(soci::session& sql, const export_audit& q) {
  require_administrator(q.who);
  const auto f = bound(sql, q.filter);
  std::string out =
    "at,action,type,id,account,acting for,session,address,group,detail\r\n";
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    select concat_ws(',', rfc3339(t.at), {}, {}, t.object_id,
             coalesce((select a.login from accounts as a where a.id = t.account_id), ''),
             coalesce((select a.login from accounts as a where a.id = t.sudoer_id), ''),
             coalesce(cast(t.session_id as text), ''), coalesce(t.address, ''),
             coalesce(cast(t.group_id as text), ''),
             '"' || replace(cast(t.detail as text), '"', '""') || '"') as line
      from audits as t
     where {}
     order by t.at desc, t.object_id desc
     limit 100000)sql",
       action_cases(), kind_cases(), history_condition),
     soci::use(f.account, "account"), soci::use(f.object, "object"),
     soci::use(f.action, "action"), soci::use(f.kind, "kind"), soci::use(f.from, "from"),
     soci::use(f.to, "to"));
  for (const auto& row : rows)
    out += text_of(row, "line") + "\r\n";
  return {out};
}

done run(soci::session& sql, const note_restart& q) {
  note(sql, q.who,
       {q.drained ? audit_action::drained : audit_action::restarted,
        object_kind::actor,
        {0},
        0,
        {{"actor", q.actor}}});
  return {};
}

} // namespace troupe
