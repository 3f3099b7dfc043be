// What administrators and their monitoring see.

#include "http/status.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

#include <sodium.h>

#include <fstream>

namespace troupe::http {

namespace {

using document_maker = web_response (*)(const desk&, const company_report&);

void tell(const conversation& c, const desk& d, document_maker make) {
  c.ask(c.room<supervisor_actor>(), get_company{},
        [&d, c, make](const company_report& r) {
          c.answer([&d, r, make] { return make(d, r); });
        });
}

web_response as_admin(desk& d, web_request& in,
                      std::function<void(const conversation&)> then) {
  return d.converse(in, true, [then](const conversation& c, auto&) {
    c.ask(c.session, identify{.admin = true},
          [c, then](const session_record&) { then(c); });
  });
}

web_response status(desk& d, web_request& in) {
  return as_admin(d, in, [&d](const conversation& c) { tell(c, d, status_document); });
}

/// The token that monitoring is given, instead of an account. Read anew each time.
bool has_metrics_token(const desk& d, const web_request& in) {
  if (d.config.metrics_token_file.empty())
    return false;
  std::ifstream file{d.config.metrics_token_file};
  std::string expected;
  file >> expected;
  auto given = token_of(in);
  return expected.size() >= 16 && expected.size() == given.size()
         && sodium_memcmp(expected.data(), given.data(), given.size()) == 0;
}

web_response metrics(desk& d, web_request& in) {
  if (has_metrics_token(d, in))
    return d.converse(
      in, false, [&d](const conversation& c, auto&) { tell(c, d, metrics_document); });
  return as_admin(d, in, [&d](const conversation& c) { tell(c, d, metrics_document); });
}

web_response restart(desk& d, web_request& in) {
  auto name = in.captured.at("actor");
  return as_admin(d, in, [name](const conversation& c) {
    c.ask(c.room<supervisor_actor>(), restart_room{name}, [c](const done& r) {
      c.answer([r] {
        auto out = encode(r);
        out.status = 202;
        return out;
      });
    });
  });
}

} // namespace

const std::vector<route> status_routes{
  {"GET",
   "/api/v1/status",
   access::admin,
   "The state of every actor",
   {},
   "",
   200,
   "Status",
   status},
  {"POST",
   "/api/v1/status/actors/{actor}/restart",
   access::admin,
   "Restart a room and those below it",
   {},
   "",
   202,
   "",
   restart},
  {"GET",
   "/metrics",
   access::admin,
   "The same for Prometheus",
   {},
   "",
   200,
   "text/plain",
   metrics},
};

} // namespace troupe::http
