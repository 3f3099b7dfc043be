// Long work: begun by the routes of batches with ?background=true, watched and cancelled
// here.

#include "actors/jobs.hpp"
#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

web_response begun(const json_document& job) {
  auto out = encode(job);
  out.status = 202;
  const auto id = json::parse(job.text).at("id").get<int64_t>();
  out.headers.emplace_back("Location", "/api/v1/jobs/" + std::to_string(id));
  return out;
}

web_response jobs(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_jobs{.all = flag(in, "all"), .open = flag(in, "open"), .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

web_response job(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_job{.job = id_in_path(in, "job")},
                         [](auto& x) { return encode(x); });
}

web_response results_of_job(desk& d, web_request& in) {
  return d.ask_catalogue(in,
                         list_job_results{.job = id_in_path(in, "job"),
                                          .refused = flag(in, "refused"),
                                          .page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response stop_job(desk& d, web_request& in) {
  return d.ask_catalogue(in, cancel_job{.job = id_in_path(in, "job")},
                         [](auto& x) { return encode(x); });
}

} // namespace

web_response begin_job(desk& d, web_request& in, create_job job) {
  return d.converse(in, true, [job](const conversation& c, auto&) {
    c.ask(c.session, inquiry_of(job), [c](const findings& f) {
      // When the room is not there it finds the job by itself later.
      c.try_ask(c.room<jobs_actor>(), look_for_jobs{}, [c, f](auto) {
        c.answer([f] { return begun(std::any_cast<const json_document&>(f.value)); });
      });
    });
  });
}

const std::vector<route> job_routes{
  {"GET",
   "/api/v1/jobs",
   access::session,
   "Long work of one's own, the newest first; kept for 14 days after its end",
   {{"all", "boolean", "everybody's, for administrators"},
    {"open", "boolean", "only what has not ended"},
    after,
    limit},
   "",
   200,
   "JobList",
   jobs},
  {"GET",
   "/api/v1/jobs/{job}",
   access::session,
   "How far it is",
   {},
   "",
   200,
   "Job",
   job},
  {"GET",
   "/api/v1/jobs/{job}/results",
   access::session,
   "What became of each object",
   {{"refused", "boolean", "only those that were refused"}, after, limit},
   "",
   200,
   "JobResultList",
   results_of_job},
  {"DELETE",
   "/api/v1/jobs/{job}",
   access::session,
   "Stop it after the step that runs; what is done stays done",
   {},
   "",
   204,
   "",
   stop_job},
};

} // namespace troupe::http
