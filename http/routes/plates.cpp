// Screens and plates.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

web_response screens(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_screens{.page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response plates(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_plates{.orphaned = flag(in, "orphaned"), .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

web_response plates_of_screen(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_plates{.screen = id_in_path(in, "screen"), .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

web_response plate(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_plate{.plate = id_in_path(in, "plate")},
                         [](auto& x) { return encode(x); });
}

web_response wells(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_wells{.plate = id_in_path(in, "plate"), .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

web_response well(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_well{.well = id_in_path(in, "well")},
                         [](auto& x) { return encode(x); });
}

web_response run_of_plate(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_run{.run = id_in_path(in, "run")},
                         [](auto& x) { return encode(x); });
}

} // namespace

const std::vector<route> plate_routes{
  {"GET",
   "/api/v1/screens",
   access::session,
   "List screens",
   {after, limit},
   "",
   200,
   "ScreenList",
   screens},
  {"GET",
   "/api/v1/screens/{screen}/plates",
   access::session,
   "Plates of a screen",
   {after, limit},
   "",
   200,
   "PlateList",
   plates_of_screen},
  {"GET",
   "/api/v1/plates",
   access::session,
   "List plates",
   {{"orphaned", "boolean", "only those in no screen"}, after, limit},
   "",
   200,
   "PlateList",
   plates},
  {"GET",
   "/api/v1/plates/{plate}",
   access::session,
   "A plate with its runs, wells and fields",
   {},
   "",
   200,
   "PlateDetails",
   plate},
  {"GET",
   "/api/v1/plates/{plate}/wells",
   access::session,
   "Wells of a plate row by row, with their fields",
   {after, limit},
   "",
   200,
   "WellList",
   wells},
  {"GET",
   "/api/v1/wells/{well}",
   access::session,
   "One well with its fields",
   {},
   "",
   200,
   "Well",
   well},
  {"GET",
   "/api/v1/runs/{run}",
   access::session,
   "One run of a plate",
   {},
   "",
   200,
   "Run",
   run_of_plate},
};

} // namespace troupe::http
