// Scripts that run on the server: there are none, said as clients read it.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"

namespace troupe::http::omero {

namespace {

web_response no_scripts(call&) {
  return document(json::array());
}

web_response no_such_form(call& c) {
  throw failure{errc::not_found, "script " + c.in.captured.at("script")};
}

web_response no_such_job(call& c) {
  return document({{"status", "failed"},
                   {"error", "there is no script " + c.in.captured.at("script")}});
}

} // namespace

const std::vector<route> webclient_script_routes = routes_of({
  {"GET", "/webclient/list_scripts", manner::data, no_scripts},
  {"GET", "/webclient/script_ui/{script}", manner::pages, no_such_form},
  {"POST", "/webclient/script_run/{script}", manner::data, no_such_job},
});

} // namespace troupe::http::omero
