// Jobs as people see them.

#include "schema/queries/jobs.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

constexpr int64_t most_open_jobs = 100; ///< of one account

constexpr std::string_view job_item = R"sql(json_build_object(
  'id', j.id, 'act', j.act,
  'type', (cast(:types as text[]))[j.kind],
  'owner', json_build_object('id', a.id, 'login', a.login, 'name', a.name),
  'state', (cast('{waiting,running,done,failed,cancelled}' as text[]))[j.state + 1],
  'total', j.total, 'handled', j.handled, 'refused', j.refused,
  'created', rfc3339(j.created), 'started', rfc3339(j.started),
  'ended', rfc3339(j.ended), 'error', j.error, 'reason', j.reason,
  'answer', j.answer))sql";

/// Names of types as an array in SQL.
std::string names_of_types() {
  std::string out;
  for (int i = 1; i <= object_types; ++i)
    out += fmt::format("{}{}", i > 1 ? "," : "", name_of(static_cast<object_type>(i)));
  return "{" + out + "}";
}

/// Whoever sees everything sees everybody's jobs.
constexpr std::string_view job_seen = "(j.owner_id = :account or :everything <> 0)";

struct seen_job {
  int64_t owner = 0;
  bool ended = false;
};
seen_job require_job(soci::session& sql, const viewer& who, int64_t job) {
  const int everything = who.everything;
  seen_job out;
  int ended = 0;
  sql << fmt::format(R"sql(
    select j.owner_id, cast(j.ended is not null as integer)
      from batch_jobs as j
     where j.id = :job and {})sql",
                     job_seen),
    soci::use(job, "job"), soci::use(who.account, "account"),
    soci::use(everything, "everything"), soci::into(out.owner), soci::into(ended);
  if (!sql.got_data())
    throw failure{errc::not_found, fmt::format("job {}", job)};
  out.ended = ended;
  return out;
}

void check_open_jobs(soci::session& sql, const viewer& who) {
  int64_t open = 0;
  sql << "select count(*) from batch_jobs where ended is null and owner_id = :account",
    soci::use(who.account, "account"), soci::into(open);
  if (open >= most_open_jobs)
    throw failure{errc::conflict,
                  fmt::format("{} jobs of yours have not ended: wait, or cancel some",
                              most_open_jobs)};
}

/// Ascending, each once, as many as one request may have.
std::vector<int64_t> ids_of_job(soci::session& sql, const create_job& q) {
  if (q.chosen)
    return resolve(sql, q.who, q.type, *q.chosen);
  auto ids = q.ids;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  if (ids.empty())
    throw failure{errc::bad_request, "a job needs objects"};
  if (ids.size() > most_objects)
    throw failure{errc::too_large, fmt::format("{} objects, at most {} in one request",
                                               ids.size(), most_objects)};
  return ids;
}

} // namespace

json_document run(soci::session& sql, const create_job& q) {
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  check_open_jobs(sql, q.who);
  const auto ids = ids_of_job(sql, q);
  const auto list = array_of(ids), what = q.what.dump();
  const int kind = static_cast<int>(q.type), total = static_cast<int>(ids.size());
  int64_t job = 0;
  sql << R"sql(
    insert into batch_jobs (owner_id, session_id, act, kind, what, ids, total)
    values (:owner, :session, :act, :kind, cast(:what as jsonb), cast(:ids as bigint[]),
            :total)
    returning id)sql",
    soci::use(q.who.account, "owner"), soci::use(q.who.session, "session"),
    soci::use(q.act, "act"), soci::use(kind, "kind"), soci::use(what, "what"),
    soci::use(list, "ids"), soci::use(total, "total"), soci::into(job);
  note(sql, q.who,
       {audit_action::create,
        object_kind::job,
        {job},
        0,
        {{"act", q.act}, {"objects", total}}});
  return run(sql, find_job{q.who, job});
}

json_document run(soci::session& sql, const find_job& q) {
  require_job(sql, q.who, q.job);
  const auto types = names_of_types();
  json_document found;
  sql << fmt::format(R"sql(
    select cast({} as text)
      from batch_jobs as j
      join accounts as a on a.id = j.owner_id
     where j.id = :job)sql",
                     job_item),
    soci::use(types, "types"), soci::use(q.job, "job"), soci::into(found.text);
  return found;
}

page<json_item> run(soci::session& sql, const list_jobs& q) {
  if (q.all && !q.who.everything)
    throw failure{errc::denied, "only administrators see everybody's jobs"};
  const auto limit = limit_of(q.page);
  const auto from = position_of("jobs", q.page);
  const auto after = from.value_or(list_position{});
  const int all = q.all, open = q.open, rows_read = limit + 1;
  const auto condition = "(j.owner_id = :account or :all <> 0)"
                         " and (j.ended is null or :open = 0)";
  page<json_item> found;
  found.total = after.total;
  if (!from)
    sql << fmt::format("select count(*) from batch_jobs as j where {}", condition),
      soci::use(q.who.account, "account"), soci::use(all, "all"), soci::use(open, "open"),
      soci::into(found.total);
  const auto types = names_of_types();
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select j.id, cast({} as text) as item
      from batch_jobs as j
      join accounts as a on a.id = j.owner_id
     where {} {}
     order by j.id desc
     limit :limit)sql",
                                job_item, condition, from ? "and j.id < :id" : ""),
     soci::use(types, "types"), soci::use(q.who.account, "account"),
     soci::use(all, "all"), soci::use(open, "open"), soci::use(after.id, "id"),
     soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), "", text_of(row, "item")});
  end_page(found, limit, "jobs", [](const json_item&) { return std::string{}; });
  return found;
}

page<json_item> run(soci::session& sql, const list_job_results& q) {
  require_job(sql, q.who, q.job);
  const auto limit = limit_of(q.page);
  const std::string list = q.refused ? "job-results/refused" : "job-results";
  const auto from = position_of(list, q.page);
  const auto after = from.value_or(list_position{});
  const int rows_read = limit + 1;
  const auto condition =
    q.refused ? "r.job_id = :job and r.error is not null" : "r.job_id = :job";
  page<json_item> found;
  found.total = after.total;
  if (!from)
    sql << fmt::format("select count(*) from batch_job_results as r where {}", condition),
      soci::use(q.job, "job"), soci::into(found.total);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    select r.object_id as id,
           cast(json_build_object('id', r.object_id, 'error', r.error, 'reason', r.reason)
                as text) as item
      from batch_job_results as r
     where {} {}
     order by r.object_id
     limit :limit)sql",
                                condition, from ? "and r.object_id > :id" : ""),
     soci::use(q.job, "job"), soci::use(after.id, "id"), soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), "", text_of(row, "item")});
  end_page(found, limit, list, [](const json_item&) { return std::string{}; });
  return found;
}

done run(soci::session& sql, const cancel_job& q) {
  const auto job = require_job(sql, q.who, q.job);
  const bool own = job.owner == q.who.account && q.who.author != 0;
  if (!own && !q.who.may(privilege::delete_owned))
    throw failure{errc::denied, fmt::format("you may not cancel job {}", q.job)};
  if (job.ended)
    throw failure{errc::conflict, fmt::format("job {} has ended", q.job)};
  sql << "update batch_jobs set state = 4, ended = now() where id = :job",
    soci::use(q.job, "job");
  note(sql, q.who, {audit_action::cancelled, object_kind::job, {q.job}});
  return {};
}

} // namespace troupe
