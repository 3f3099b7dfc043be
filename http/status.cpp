#include "http/status.hpp"

#include "http/encode.hpp"
#include "http/process_figures.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

const actor_figures* find(const company_report& c, std::string_view name) {
  for (auto& a : c.actors)
    if (a.name == name)
      return &a;
  return nullptr;
}

int64_t gauge(const company_report& c, std::string_view actor, const std::string& name) {
  auto* a = find(c, actor);
  auto i = a ? a->gauges.find(name) : std::map<std::string, int64_t>::const_iterator{};
  return a && i != a->gauges.end() ? i->second : 0;
}

/// Gauges named "queue.<name>.<figure>" or "cache.<name>.<figure>", as one object a name.
json gathered(const company_report& c, const std::string& family) {
  std::map<std::string, json> found;
  for (auto& a : c.actors)
    for (auto& [key, value] : a.gauges) {
      if (!key.starts_with(family + "."))
        continue;
      auto dot = key.rfind('.');
      found[key.substr(family.size() + 1, dot - family.size() - 1)][key.substr(dot + 1)] =
        value;
    }
  auto out = json::array();
  for (auto& [name, figures] : found) {
    figures["name"] = name;
    out.push_back(std::move(figures));
  }
  return out;
}

/// Those gauges have a place of their own.
actor_figures without_gathered(actor_figures f) {
  std::erase_if(f.gauges, [](auto& g) { return g.first.find('.') != std::string::npos; });
  return f;
}

} // namespace

json whole_status(const desk& d, const company_report& c) {
  auto p = look_at_process();
  auto r = d.requests.read();
  auto g = d.door->figures();
  auto actors = json::array();
  for (auto& a : c.actors)
    actors.push_back(json_of(without_gathered(a)));
  auto imports_waiting = gauge(c, "imports", "queue.import-worker.length");
  return {{"at", now_ms()},
          {"ready", c.missing.empty()},
          {"version", TROUPE_VERSION},
          {"uptime", uptime()},
          {"process",
           {{"residentBytes", p.resident_bytes},
            {"threads", p.threads},
            {"openFiles", p.open_files},
            {"cpuSeconds", p.cpu_seconds}}},
          {"requests",
           {{"total", r.total},
            {"inFlight", r.in_flight},
            {"errors", r.errors},
            {"perSecond", r.per_second},
            {"p50", r.p50},
            {"p95", r.p95},
            {"p99", r.p99}}},
          {"connections",
           {{"open", g.open},
            {"idle", g.idle_connections},
            {"threads", g.threads},
            {"refused", g.refused}}},
          {"database",
           {{"embedded", d.embedded},
            {"connected", gauge(c, "database", "connected") > 0},
            {"pool", gauge(c, "database", "pool")},
            {"inUse", gauge(c, "database", "inUse")},
            {"waiting", gauge(c, "database", "waiting")},
            {"statements", gauge(c, "database", "statements")}}},
          {"caches", gathered(c, "cache")},
          {"queues", gathered(c, "queue")},
          {"imports",
           {{"active", gauge(c, "imports", "active")},
            {"waiting", imports_waiting},
            {"done", gauge(c, "imports", "done")},
            {"failed", gauge(c, "imports", "failed")},
            {"cancelled", gauge(c, "imports", "cancelled")}}},
          {"sessions", gauge(c, "sessions", "sessions")},
          {"actors", std::move(actors)}};
}

web_response status_document(const desk& d, const company_report& c) {
  return document(whole_status(d, c));
}

} // namespace troupe::http
