#include "http/omero/webclient/activities.hpp"

#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "schema/password.hpp"

#include <fmt/chrono.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr const char* activities_note = "activities";
constexpr const char* under_way = "in progress";
constexpr const char* dry_runs_note = "dry runs";
constexpr size_t most_activities = 100; ///< the oldest are forgotten
constexpr size_t most_dry_runs = 20;

/// {key: {"job": ours or 0, "told": what is shown}}.
json remembered(call& c) {
  const auto text = c.noted(activities_note);
  return text ? json::parse(*text) : json::object();
}

void remember(call& c, const json& all) {
  c.note(activities_note, all.empty() ? "" : all.dump());
}

void forget_oldest(json& all) {
  while (all.size() > most_activities) {
    auto oldest = all.begin();
    for (auto i = all.begin(); i != all.end(); ++i)
      if (i->at("told").at("start_time") < oldest->at("told").at("start_time"))
        oldest = i;
    all.erase(oldest);
  }
}

std::string time_now() {
  return fmt::format("{:%Y-%m-%d %H:%M:%S}", fmt::gmtime(std::time(nullptr)));
}

std::string remember_one(call& c, int64_t job, json told, const char* status) {
  auto key = new_token();
  told["status"] = status;
  told["start_time"] = time_now();
  auto all = remembered(c);
  all[key] = {{"job", job}, {"told", std::move(told)}};
  forget_oldest(all);
  remember(c, all);
  return key;
}

/// What one of our jobs has come to.
void look_at(call& c, json& entry) {
  auto& told = entry.at("told");
  if (told.at("status") != under_way)
    return;
  const auto found = c.find(find_job{.job = entry.at("job")});
  const auto job = found ? json::parse(found->text) : json{{"state", "failed"}};
  const auto& state = job.at("state");
  if (state == "waiting" || state == "running")
    return;
  const auto refused = job.value("refused", 0);
  const bool well = state == "done" && refused == 0;
  told["status"] = well ? "finished" : "failed";
  told["error"] = well ? 0 : 1;
  if (well)
    return;
  auto reason = job.contains("reason") && job["reason"].is_string()
                  ? job["reason"].get<std::string>()
                  : std::string{};
  if (reason.empty())
    reason = refused > 0 ? fmt::format("{} objects were refused", refused)
                         : fmt::format("the job is {}", state.get<std::string>());
  told["dreport"] = reason;
  told["Message"] = reason;
}

/// [{"id", "report"}], the latest last.
json remembered_dry_runs(call& c) {
  const auto text = c.noted(dry_runs_note);
  return text ? json::parse(*text) : json::array();
}

/// Of a dry run, which is over as soon as it is begun.
web_response dry_run(call& c, const std::string& id) {
  const auto all = remembered_dry_runs(c);
  for (auto& run : all)
    if (run.at("id") == id)
      return document(run.at("report"));
  throw failure{errc::not_found, "jobId: there is no such dry run"};
}

web_response activities(call& c) {
  if (auto id = c.field("jobId"))
    return dry_run(c, *id);
  auto all = remembered(c);
  json body = json::object();
  int open = 0, failed = 0;
  for (auto& [key, entry] : all.items()) {
    look_at(c, entry);
    const auto& told = entry.at("told");
    open += told.at("status") == under_way;
    failed += told.at("status") == "failed";
    body[key] = told;
  }
  remember(c, all);
  body.update({{"inprogress", open}, {"failure", failed}, {"jobs", all.size()}});
  return document(body);
}

/// Ends one of our jobs; a dry run is over already.
web_response cancel_activity(call& c) {
  const auto wanted = c.document();
  if (!wanted.is_object() || !wanted.contains("jobId") || !wanted["jobId"].is_string())
    throw failure{errc::bad_request, R"(the body must be {"jobId": id})"};
  const std::string id = wanted["jobId"];
  const auto all = remembered(c);
  if (all.contains(id))
    c.ask(cancel_job{.job = all[id].at("job")});
  return document({{"result", "ok"}});
}

web_response clean_activities(call& c) {
  auto all = remembered(c);
  if (auto key = c.field("jobKey")) {
    const auto removed = all.erase(*key);
    remember(c, all);
    return document({{"removed", removed > 0}});
  }
  json left = json::object();
  for (auto& [key, entry] : all.items())
    if (entry.at("told").at("status") == under_way)
      left[key] = entry;
  remember(c, left);
  return plain("OK");
}

} // namespace

std::string begin_activity(call& c, create_job job, json told) {
  auto begun = begin_job(c.house, c.in, std::move(job));
  if (begun.status != 202)
    throw refused{std::move(begun)};
  return remember_one(c, json::parse(begun.text).at("id"), std::move(told), under_way);
}

std::string note_finished(call& c, json told) {
  told["error"] = 0;
  return remember_one(c, 0, std::move(told), "finished");
}

std::string note_dry_run(call& c, const json& report) {
  auto id = new_token();
  auto all = remembered_dry_runs(c);
  if (all.size() >= most_dry_runs)
    all.erase(0);
  all.push_back({{"id", id}, {"report", report}});
  c.note(dry_runs_note, all.dump());
  return id;
}

const std::vector<route> webclient_activity_routes = routes_of({
  error_row("GET", "/webclient/activities_json", activities),
  error_row("DELETE", "/webclient/activities_json", cancel_activity),
  error_row("POST", "/webclient/activities_update", clean_activities),
  error_row("POST", "/webclient/activities_update/{what}", clean_activities),
});

} // namespace troupe::http::omero
