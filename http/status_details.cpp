#include "http/encode.hpp"
#include "http/short_number.hpp"
#include "http/status.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

json known_or_null(const std::string& text) {
  return text.empty() ? json(nullptr) : json(text);
}

json json_of_tally(const meter::tally& t) {
  return {{"message", t.message},
          {"handled", t.handled},
          {"errors", t.errors},
          {"mean", short_number(t.mean)},
          {"longest", short_number(t.longest)}};
}

json json_of_message(const meter::handled_message& m) {
  return {{"message", m.message},
          {"request", known_or_null(m.request)},
          {"at", m.at_ms},
          {"seconds", short_number(m.seconds)},
          {"error", known_or_null(m.error)}};
}

template <class T, class How>
json all_of(const std::vector<T>& items, How how) {
  auto out = json::array();
  for (auto& item : items)
    out.push_back(how(item));
  return out;
}

json head_of(const traced_request& r) {
  return {{"id", r.trace->id()}, {"at", r.at_ms},
          {"method", r.method},  {"route", r.route},
          {"status", r.status},  {"seconds", short_number(r.seconds)}};
}

} // namespace

web_response actor_document(const company_report& company, const std::string& name) {
  auto found = std::find_if(company.actors.begin(), company.actors.end(),
                            [&](auto& a) { return a.name == name; });
  if (found == company.actors.end())
    throw failure{errc::not_found, "no actor is called " + name};
  auto out = json_of(*found);
  const auto known = found->counted ? found->counted->look() : meter::details{};
  out["messages"] = all_of(known.tallies, json_of_tally);
  out["latest"] = all_of(known.latest, json_of_message);
  out["troubles"] = all_of(known.troubles, json_of_message);
  return document(out);
}

web_response requests_document(const desk& d, size_t count) {
  return document({{"items", all_of(d.latest_requests.latest(count), head_of)}});
}

web_response request_document(const desk& d, const std::string& id) {
  const auto found = d.latest_requests.find(id);
  if (!found)
    throw failure{errc::not_found, "no request of late has the id " + id};
  const auto way = found->trace->read();
  auto out = head_of(*found);
  out["spans"] = all_of(way.spans, [](const request_trace::span& s) {
    return json{{"actor", s.actor},
                {"message", name_of_type(s.message)},
                {"begin", static_cast<double>(s.begin_us) / 1e6},
                {"seconds", static_cast<double>(s.took_us) / 1e6},
                {"failed", s.failed}};
  });
  out["leftOut"] = way.left_out;
  return document(out);
}

} // namespace troupe::http
