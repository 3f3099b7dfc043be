// For load balancers, and the API's own description.

#include "http/encode.hpp"
#include "http/openapi.hpp"
#include "http/routes/tables.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

web_response alive(desk&, web_request&) {
  return document({{"status", "ok"}});
}

web_response version(desk&, web_request&) {
  return document({{"name", "troupe"}, {"version", TROUPE_VERSION}});
}

web_response openapi(desk&, web_request&) {
  return document(openapi_document());
}

json check(bool fine, const std::string& detail) {
  json out{{"ok", fine}};
  if (!fine)
    out["detail"] = detail;
  return out;
}

template <class T>
std::string reason(const caf::expected<T>& r) {
  auto& why = r.error();
  auto known = why.category() == caf::atom("troupe")
               && why.context().template match_elements<std::string>();
  return known ? why.context().template get_as<std::string>(0) : "no answer";
}

/// A load balancer does not wait for what hangs.
constexpr std::chrono::seconds health_patience{3};

web_response readiness(const caf::expected<schema_health>& schema,
                       const caf::expected<storage_health>& storage,
                       const std::vector<std::string>& missing) {
  auto migrated = schema && schema->migrated;
  json checks{{"database", check(bool(schema), schema ? "" : reason(schema))},
              {"migrations", check(migrated, "the schema is not this program's")},
              {"storage", check(bool(storage), storage ? "" : reason(storage))},
              {"actors", check(missing.empty(), missing.empty() ? "" : missing[0])}};
  auto ready = migrated && storage && missing.empty();
  auto out = document({{"status", ready ? "ready" : "not ready"}, {"checks", checks}},
                      ready ? 200 : 503);
  if (!ready)
    out.headers.emplace_back("Retry-After", "1");
  return out;
}

/// The checks run one after the other; each shows its own trouble.
void check_all(const conversation& c) {
  auto look_at_company = [c](const caf::expected<schema_health>& schema,
                             const caf::expected<storage_health>& storage) {
    c.ask(c.room<supervisor_actor>(), get_company{},
          [c, schema, storage](const company_report& company) {
            c.answer([=, missing = company.missing] {
              return readiness(schema, storage, missing);
            });
          });
  };
  auto look_at_storage = [c,
                          look_at_company](const caf::expected<schema_health>& schema) {
    c.try_ask(
      c.room<repository_actor>(), check_storage{},
      [=](caf::expected<storage_health> storage) { look_at_company(schema, storage); },
      health_patience);
  };
  c.try_ask(c.room<database_actor>(), check_schema{}, look_at_storage, health_patience);
}

web_response ready(desk& d, web_request& in) {
  return d.converse(in, false, [](const conversation& c, auto&) { check_all(c); });
}

} // namespace

const std::vector<route> health_routes{
  {"GET",
   "/healthz",
   access::anyone,
   "The process answers",
   {},
   "",
   200,
   "Health",
   alive},
  {"GET",
   "/readyz",
   access::anyone,
   "Database, storage, migrations and actors are fine",
   {},
   "",
   200,
   "Readiness",
   ready},
  {"GET",
   "/version",
   access::anyone,
   "Name and version",
   {},
   "",
   200,
   "Version",
   version},
  {"GET",
   "/api/v1/openapi.json",
   access::anyone,
   "This description",
   {},
   "",
   200,
   "application/json",
   openapi},
};

} // namespace troupe::http
