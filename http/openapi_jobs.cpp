// The shapes of selections, of long work, and of thumbnails by the hundred.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json selection_schema() {
  const json reference{{"type", "string"}, {"pattern", "^[a-z]+:[0-9]+$"}};
  json within{{"anyOf", json::array({reference, array_of(reference)})},
              {"description", "containers, like dataset:5"}};
  json out = object({{"query", text},
                     {"within", within},
                     {"plus", array_of(reference)},
                     {"minus", array_of(reference)}},
                    {"query", "within", "plus", "minus"});
  out["description"] = "all of a type that the words of a search find in the containers, "
                       "with `plus` and then without `minus`";
  out["additionalProperties"] = false;
  return out;
}

json job_schema() {
  return object({{"id", integer},
                 {"act",
                  {{"type", "string"},
                   {"enum",
                    {"change", "link", "unlink", "annotate", "unannotate", "rate",
                     "delete-annotations", "paste-settings", "reset-settings", "delete",
                     "move", "give"}}}},
                 {"type", ref("ObjectType")},
                 {"owner", ref("Person")},
                 {"state",
                  {{"type", "string"},
                   {"enum", {"waiting", "running", "done", "failed", "cancelled"}}}},
                 {"total", integer},
                 {"handled", integer},
                 {"refused", integer},
                 {"created", time_text},
                 {"started", nullable(time_text)},
                 {"ended", nullable(time_text)},
                 {"error", nullable(text)},
                 {"reason", nullable(text)},
                 {"answer", nullable({{"type", "object"},
                                      {"description",
                                       "of deletions, moves and gifts; until it is done "
                                       "their preview"}})}});
}

json job_result_schema() {
  return object({{"id", integer}, {"error", nullable(text)}, {"reason", nullable(text)}});
}

} // namespace

json job_schemas() {
  auto refused = object({{"id", integer}, {"reason", text}, {"error", text}});
  auto thumbnail = object({{"id", integer}, {"image", text}});
  return {{"Selection", selection_schema()},
          {"Job", job_schema()},
          {"JobList", list_of("Job")},
          {"JobResult", job_result_schema()},
          {"JobResultList", list_of("JobResult")},
          {"Thumbnails", object({{"thumbnails", array_of(thumbnail)},
                                 {"refused", array_of(refused)}})}};
}

} // namespace troupe::http
