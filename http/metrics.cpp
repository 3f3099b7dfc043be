#include "http/process_figures.hpp"
#include "http/status.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

/// Writes one family: its help once, then its samples.
class exposition {
public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text += fmt::format("# HELP {0} {1}\n# TYPE {0} {2}\n", name, help, type);
  }
  void sample(double value, const std::string& labels = "",
              std::string_view suffix = "") {
    text += fmt::format("{}{}{}{}{} {}\n", name_, suffix, labels.empty() ? "" : "{",
                        labels, labels.empty() ? "" : "}", value);
  }
  std::string text;

private:
  std::string name_;
};

std::string label(std::string_view name, std::string_view value) {
  std::string escaped;
  for (auto c : value) {
    if (c == '\\' || c == '"')
      escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return fmt::format("{}=\"{}\"", name, escaped);
}

void add_process(exposition& out) {
  auto p = look_at_process();
  out.family("process_resident_memory_bytes", "gauge", "Resident memory.");
  out.sample(static_cast<double>(p.resident_bytes));
  out.family("process_threads", "gauge", "Threads.");
  out.sample(static_cast<double>(p.threads));
  out.family("process_open_fds", "gauge", "Open file descriptors.");
  out.sample(static_cast<double>(p.open_files));
  out.family("process_cpu_seconds_total", "counter", "User and system time.");
  out.sample(p.cpu_seconds);
  out.family("troupe_uptime_seconds", "gauge", "Time since the start.");
  out.sample(uptime());
  out.family("troupe_build_info", "gauge", "The version as a label.");
  out.sample(1, label("version", TROUPE_VERSION));
}

void add_requests(exposition& out, const desk& d) {
  out.family("troupe_http_requests_total", "counter", "Requests answered.");
  for (auto& [key, n] : d.requests.counts())
    out.sample(static_cast<double>(n), label("route", key.route) + ","
                                         + label("method", key.method) + ","
                                         + label("code", std::to_string(key.status)));
  auto took = d.requests.durations();
  out.family("troupe_http_request_duration_seconds", "histogram",
             "Time from the head read to the answer built.");
  int64_t seen = 0;
  for (size_t i = 0; i < took.buckets.size(); ++i) {
    seen += took.buckets[i];
    auto edge = i < request_figures::edges.size()
                  ? fmt::format("{}", request_figures::edges[i])
                  : "+Inf";
    out.sample(static_cast<double>(seen), label("le", edge), "_bucket");
  }
  out.sample(took.sum, "", "_sum");
  out.sample(static_cast<double>(seen), "", "_count");
  auto g = d.door->figures();
  out.family("troupe_http_connections", "gauge", "Open connections.");
  out.sample(static_cast<double>(g.open));
  out.family("troupe_http_requests_refused_total", "counter",
             "Requests the gate refused unread.");
  out.sample(static_cast<double>(g.refused));
}

/// What actors of one kind did together.
struct kind_sum {
  int64_t actors = 0, mailbox = 0, handled = 0, errors = 0, restarts = 0;
  double seconds = 0, p99 = 0;
  std::map<std::string, int64_t> gauges;
};

void add_actors(exposition& out, const company_report& company) {
  std::map<std::string, kind_sum> kinds;
  for (auto& a : company.actors) {
    auto& k = kinds[a.kind];
    ++k.actors;
    k.mailbox += a.mailbox;
    k.handled += a.handled;
    k.errors += a.errors;
    k.restarts += a.restarts;
    k.seconds += a.mean * static_cast<double>(a.handled);
    k.p99 = std::max(k.p99, a.p99);
    for (auto& [name, value] : a.gauges)
      if (name != "account") // an id is no quantity
        k.gauges[name] += value;
  }
  auto each = [&](std::string_view name, std::string_view type, std::string_view help,
                  auto value) {
    out.family(name, type, help);
    for (auto& [kind, k] : kinds)
      out.sample(static_cast<double>(value(k)), label("kind", kind));
  };
  each("troupe_actors", "gauge", "Living actors.", [](auto& k) { return k.actors; });
  each("troupe_actor_mailbox_length", "gauge", "Messages waiting.",
       [](auto& k) { return k.mailbox; });
  each("troupe_actor_messages_total", "counter", "Messages handled.",
       [](auto& k) { return k.handled; });
  each("troupe_actor_errors_total", "counter", "Messages answered with an error.",
       [](auto& k) { return k.errors; });
  each("troupe_actor_restarts_total", "counter", "Restarts.",
       [](auto& k) { return k.restarts; });
  each("troupe_actor_handle_seconds_total", "counter", "Time spent in handlers.",
       [](auto& k) { return k.seconds; });
  each("troupe_actor_handle_p99_seconds", "gauge", "99th percentile of one handling.",
       [](auto& k) { return k.p99; });
  out.family("troupe_actor_value", "gauge", "What a kind of actor says of itself.");
  for (auto& [kind, k] : kinds)
    for (auto& [name, value] : k.gauges)
      out.sample(static_cast<double>(value),
                 label("kind", kind) + "," + label("gauge", name));
  out.family("troupe_ready", "gauge", "1 when every room runs.");
  out.sample(company.missing.empty());
}

} // namespace

web_response metrics_document(const desk& d, const company_report& company) {
  exposition out;
  add_process(out);
  add_requests(out, d);
  add_actors(out, company);
  web_response r;
  r.type = "text/plain; version=0.0.4";
  r.text = std::move(out.text);
  return r;
}

} // namespace troupe::http
