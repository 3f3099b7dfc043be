// Long work for many objects: begun, watched, cancelled, and done step by step.

#pragma once

#include "schema/queries/metadata.hpp"
#include "schema/queries/selection.hpp"
#include "storage/failure.hpp"

#include <nlohmann/json.hpp>

namespace troupe {

/// Keeps what is to be done; the list is resolved now, as the viewer sees it now. Each
/// step then is a transaction with the rights of that moment. Made by job_of().
/// @throws failure as resolve(), {denied} for who changes nothing, {bad_request} for an
///         empty list, {conflict} for too many jobs that have not ended.
struct create_job {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::string act;     ///< a name in job_acts.cpp
  nlohmann::json what; ///< the question's fields
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  std::optional<selection> chosen; ///< instead of `ids`
  using reply = json_document;     ///< see find_job
};
json_document run(soci::session& sql, const create_job& q);

/// {id, act, type, owner, state, total, handled, refused, created, started, ended, error,
/// reason, answer} of one's own job, or of anybody's for administrators.
/// @throws failure{not_found}; so do the following.
struct find_job {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t job = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_job& q);

/// The newest first. @throws failure{denied} for `all` to who is no administrator.
struct list_jobs {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  bool all = false;  ///< everybody's
  bool open = false; ///< only those that have not ended
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_jobs& q);

/// {id, error, reason} of each object that was handled, ascending.
struct list_job_results {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t job = 0;
  bool refused = false; ///< only those
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_job_results& q);

/// No further step: what is done stays done. Of others' jobs for who may delete theirs.
/// @throws failure{denied}; {conflict} when it has ended.
struct cancel_job {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t job = 0;
  using reply = done;
};
done run(soci::session& sql, const cancel_job& q);

/// The server's own: whose turn it is. A job that broke off too often fails here.
/// @returns 0 when there is nothing to do.
struct claim_job {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  using reply = int64_t;
};
int64_t run(soci::session& sql, const claim_job& q);

struct job_step {
  static constexpr bool local = true;
  bool changes_rights = false; ///< sessions must look again
};
/// The next step of a claimed job: a slice of its objects, or, of what is one transaction
/// however many they are, first the preview and then all. A step that throws has changed
/// nothing: see fail_job.
struct advance_job {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t job = 0;
  using reply = job_step;
};
job_step run(soci::session& sql, const advance_job& q);

struct fail_job {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int64_t job = 0;
  errc why = errc::internal;
  std::string reason;
  using reply = done;
};
done run(soci::session& sql, const fail_job& q);

/// Those that ended long ago, with their results.
struct forget_jobs {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  int32_t days = 14;
  using reply = done;
};
done run(soci::session& sql, const forget_jobs& q);

} // namespace troupe
