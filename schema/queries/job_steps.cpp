// Jobs as the server does them, step by step.

#include "schema/queries/accounts.hpp"
#include "schema/queries/job_acts.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr int32_t objects_of_step = 1000;
constexpr int32_t most_attempts = 5; ///< of a step, before its job fails

struct running_job {
  int64_t session = 0;
  const job_act* act = nullptr;
  nlohmann::json what;
  std::vector<int64_t> ids; ///< of this step
  bool previewed = false;
};

/// @returns nothing when it was cancelled meanwhile.
std::optional<running_job> read_running(soci::session& sql, int64_t id) {
  soci::row row;
  sql << R"sql(
    select j.session_id, j.act, cast(j.what as text) as what,
           cast(j.answer is not null as integer) as previewed
      from batch_jobs as j
     where j.id = :job and j.state = 1)sql",
    soci::use(id, "job"), soci::into(row);
  if (!sql.got_data())
    return std::nullopt;
  running_job job{.session = int64_of(row, "session_id"),
                  .act = &job_act_called(text_of(row, "act")),
                  .what = json_of(row, "what"),
                  .ids = {},
                  .previewed = bool_of(row, "previewed")};
  const int whole = job.act->whole;
  std::string ids;
  sql << R"sql(
    select cast(to_json(part_of(j.ids, j.handled,
                                case when :whole <> 0 then j.total else :slice end)) as text)
      from batch_jobs as j
     where j.id = :job)sql",
    soci::use(whole, "whole"), soci::use(objects_of_step, "slice"), soci::use(id, "job"),
    soci::into(ids);
  job.ids = nlohmann::json::parse(ids).get<std::vector<int64_t>>();
  return job;
}

void keep_results(soci::session& sql, int64_t id,
                  const std::vector<job_result>& results) {
  auto list = nlohmann::json::array();
  for (auto& r : results)
    list.push_back({{"id", r.id}, {"error", r.error}, {"reason", r.reason}});
  const auto rows = list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  sql << R"sql(
    insert into batch_job_results (job_id, object_id, error, reason)
    select :job, r.id, nullif(r.error, ''), nullif(r.reason, '')
      from jsonb_to_recordset(cast(:rows as jsonb))
             as r (id bigint, error text, reason text)
        on conflict do nothing)sql",
    soci::use(id, "job"), soci::use(rows, "rows");
}

/// The step's objects are handled; after the last ones the job is done.
void keep_progress(soci::session& sql, int64_t id, const running_job& job,
                   const job_outcome& outcome) {
  const auto what =
    job.what.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  const int handled = static_cast<int>(job.ids.size());
  int refused = 0;
  for (auto& r : outcome.objects)
    refused += !r.error.empty();
  sql << R"sql(
    update batch_jobs as j
       set what = cast(:what as jsonb), handled = j.handled + :handled,
           refused = j.refused + :refused, attempts = 0, touched = clock_timestamp(),
           answer = coalesce(cast(nullif(:answer, '') as jsonb), j.answer),
           state = case when j.handled + :handled >= j.total then 2 else 1 end,
           ended = case when j.handled + :handled >= j.total then clock_timestamp() end
     where j.id = :job)sql",
    soci::use(what, "what"), soci::use(handled, "handled"), soci::use(refused, "refused"),
    soci::use(outcome.answer, "answer"), soci::use(id, "job");
}

/// What is one transaction can be cancelled when it is known what would happen.
void keep_preview(soci::session& sql, int64_t id, const std::string& answer) {
  sql << R"sql(
    update batch_jobs
       set answer = cast(:answer as jsonb), attempts = 0, touched = clock_timestamp()
     where id = :job)sql",
    soci::use(answer, "answer"), soci::use(id, "job");
}

} // namespace

int64_t run(soci::session& sql, const claim_job&) {
  for (;;) {
    int64_t job = 0;
    int attempts = 0;
    sql << R"sql(
      update batch_jobs
         set state = 1, attempts = attempts + 1, started = coalesce(started, now()),
             touched = clock_timestamp()
       where id = (select id from batch_jobs where ended is null order by touched, id
                    limit 1)
      returning id, attempts)sql",
      soci::into(job), soci::into(attempts);
    if (!sql.got_data())
      return 0;
    if (attempts <= most_attempts)
      return job;
    run(sql, fail_job{job, errc::internal, "its steps broke off, again and again"});
  }
}

job_step run(soci::session& sql, const advance_job& q) {
  // Nobody waits, and what is one transaction may take long.
  sql << "set local statement_timeout = 0";
  auto job = read_running(sql, q.job);
  if (!job)
    return {};
  const auto who = asker_of(sql, job->session);
  const bool preview = job->act->whole && !job->previewed;
  const auto outcome = job->act->perform(sql, who, job->what, job->ids, preview);
  if (preview) {
    keep_preview(sql, q.job, outcome.answer);
    return {};
  }
  keep_results(sql, q.job, outcome.objects);
  keep_progress(sql, q.job, *job, outcome);
  return {job->act->changes_rights};
}

done run(soci::session& sql, const fail_job& q) {
  const auto error = to_string(q.why);
  sql << R"sql(
    update batch_jobs
       set state = 3, ended = clock_timestamp(), error = :error, reason = :reason
     where id = :job and ended is null)sql",
    soci::use(error, "error"), soci::use(q.reason, "reason"), soci::use(q.job, "job");
  return {};
}

done run(soci::session& sql, const forget_jobs& q) {
  sql << R"sql(
    delete from batch_jobs
     where ended < now() - make_interval(days => cast(:days as integer)))sql",
    soci::use(q.days, "days");
  return {};
}

} // namespace troupe
