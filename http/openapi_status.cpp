// What administrators see of the server, as schemas.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json actor_fields() {
  return {{"name", text},
          {"kind", text},
          {"parent", nullable(text)},
          {"state",
           {{"type", "string"},
            {"enum", {"idle", "busy", "draining", "restarting", "failed"}}}},
          {"mailbox", integer},
          {"handled", integer},
          {"errors", integer},
          {"restarts", integer},
          {"uptime", number},
          {"mean", number},
          {"p99", number},
          {"gauges", {{"type", "object"}, {"additionalProperties", integer}}},
          {"message", nullable(text)},
          {"request", nullable(text)},
          {"busyFor", number},
          {"oldest", number}};
}

json status() {
  json any_object{{"type", "object"}};
  return object({{"at", integer},
                 {"ready", boolean},
                 {"version", text},
                 {"uptime", number},
                 {"process", object({{"residentBytes", integer},
                                     {"threads", integer},
                                     {"openFiles", integer},
                                     {"cpuSeconds", number}})},
                 {"requests", any_object},
                 {"connections", any_object},
                 {"database", any_object},
                 {"caches", array_of(any_object)},
                 {"queues", array_of(any_object)},
                 {"imports", any_object},
                 {"sessions", integer},
                 {"actors", array_of(ref("Actor"))}});
}

json actor_details() {
  auto fields = actor_fields();
  auto handled = array_of(ref("HandledMessage"));
  fields["messages"] = array_of(object({{"message", text},
                                        {"handled", integer},
                                        {"errors", integer},
                                        {"mean", number},
                                        {"longest", number}}));
  fields["latest"] = handled;
  fields["troubles"] = handled;
  return object(fields);
}

json figure_history() {
  auto line = array_of(nullable(number));
  json fields{{"step", integer}, {"at", array_of(integer)}};
  for (auto* name : {"requests", "p50", "p95", "p99", "render", "decode", "queueAge",
                     "upload", "cacheHits", "cpu", "memory", "mailbox"})
    fields[name] = line;
  return object(fields);
}

json traced_request() {
  return {{"id", text},    {"at", integer},     {"method", text},
          {"route", text}, {"status", integer}, {"seconds", number}};
}

json request_trace_fields() {
  auto fields = traced_request();
  fields["leftOut"] = integer;
  fields["spans"] = array_of(object({{"actor", text},
                                     {"message", text},
                                     {"begin", number},
                                     {"seconds", number},
                                     {"failed", boolean}}));
  return fields;
}

json stored_parts(bool have_ids) {
  json fields{{"name", text}, {"files", integer}, {"bytes", integer}};
  if (have_ids)
    fields["id"] = integer;
  return array_of(object(std::move(fields)));
}

json storage() {
  return object({{"files", integer},
                 {"bytes", integer},
                 {"inPlace", integer},
                 {"trash", integer},
                 {"disk", nullable(object({{"bytes", integer}, {"free", integer}}))},
                 {"groups", stored_parts(true)},
                 {"owners", stored_parts(true)},
                 {"formats", stored_parts(false)}});
}

} // namespace

json status_schemas() {
  return {
    {"Actor", object(actor_fields())},
    {"Status", status()},
    {"HandledMessage", object({{"message", text},
                               {"request", nullable(text)},
                               {"at", integer},
                               {"seconds", number},
                               {"error", nullable(text)}})},
    {"ActorDetails", actor_details()},
    {"FigureHistory", figure_history()},
    {"Storage", storage()},
    {"ServerSettings",
     object({{"items",
              array_of(object(
                {{"key", text}, {"help", text}, {"value", text}, {"source", text}}))}})},
    {"TracedRequest", object(traced_request())},
    {"TracedRequests", object({{"items", array_of(ref("TracedRequest"))}})},
    {"RequestTrace", object(request_trace_fields())}};
}

} // namespace troupe::http
