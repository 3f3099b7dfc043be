// Screens and plates.

#include "http/arguments.hpp"
#include "http/batch_json.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/organise.hpp"

namespace troupe::http {

namespace {

web_response screens(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_screens{.page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response plates(desk& d, web_request& in) {
  return d.ask_catalogue(in,
                         list_plates{.orphaned = flag(in, "orphaned"),
                                     .page = page_of(in),
                                     .owner = id_in_query(in, "owner")},
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

/// Answers 201 with the new thing and where it is.
auto made_at(const char* path) {
  return [path](const json_document& x) {
    auto out = encode(x);
    out.status = 201;
    out.headers.emplace_back(
      "Location", path + std::to_string(json::parse(x.text).at("id").get<int64_t>()));
    return out;
  };
}

int32_t side(const json& body, const char* name, int32_t fallback) {
  return short_integer_if(body, name).value_or(fallback);
}

web_response new_plate(desk& d, web_request& in) {
  const auto body = json_of_body(in);
  create_plate m{.name = text_field(body, "name"),
                 .description = text_field_or(body, "description", ""),
                 .rows = side(body, "rows", 8),
                 .columns = side(body, "columns", 12),
                 .screen = integer_if(body, "screen")};
  return d.ask_catalogue(in, m, made_at("/api/v1/plates/"));
}

web_response new_run(desk& d, web_request& in) {
  const auto body = json_of_body(in);
  create_run m{.plate = id_in_path(in, "plate"),
               .name = text_field(body, "name"),
               .description = text_field_or(body, "description", "")};
  return d.ask_catalogue(in, m, made_at("/api/v1/runs/"));
}

plate_field field_in(const json& x) {
  if (!x.is_object())
    throw failure{errc::bad_request, "fields must be a list of {row, column, image}"};
  const auto row = short_integer_if(x, "row"), column = short_integer_if(x, "column");
  const auto image = integer_if(x, "image");
  if (!row || !column || !image)
    throw failure{errc::bad_request, "a field needs row, column and image"};
  return {*row, *column, *image, integer_if(x, "run")};
}

web_response fill(desk& d, web_request& in) {
  const auto body = json_of_body(in, 8 << 20);
  fill_plate m{.plate = id_in_path(in, "plate")};
  const auto found = body.find("fields");
  if (found == body.end() || !found->is_array())
    throw failure{errc::bad_request, "fields is missing or no list"};
  for (auto& x : *found)
    m.fields.push_back(field_in(x));
  return d.ask_catalogue(in, m, [](const batch_result& r) { return encode(r); });
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
   {{"orphaned", "boolean", "only those in no screen"},
    of_owner,
    after,
    limit},
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
  {"POST",
   "/api/v1/plates",
   access::session,
   "Make a plate for images that no file puts into wells",
   {},
   "NewPlate",
   201,
   "PlateDetails",
   new_plate},
  {"POST",
   "/api/v1/plates/{plate}/runs",
   access::session,
   "Make a further run of a plate made by hand",
   {},
   "NewRun",
   201,
   "Run",
   new_run},
  {"PUT",
   "/api/v1/plates/{plate}/fields",
   access::session,
   "Lay these images and no others into the wells of a plate made by hand",
   {},
   "PlateFields",
   200,
   "BatchResult",
   fill},
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
