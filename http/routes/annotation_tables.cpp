// Key-values and tags of a dataset's images or a plate's wells as a table, both ways.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/object_path.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/annotation_table.hpp"

namespace troupe::http {

namespace {

constexpr size_t most_text = 64 << 20;

web_response put_in(desk& d, web_request& in) {
  // As with JSON: another site's page may not send this without asking.
  if (!in.header("content-type").starts_with("text/csv"))
    throw failure{errc::bad_request, "the body must be text/csv"};
  const auto [type, id] = object_in_path(in);
  object_table table{type, id, text_of_body(in, most_text)};
  if (flag(in, "preview"))
    return d.ask_catalogue(in, preview_table{.table = std::move(table)},
                           [](auto& x) { return encode(x); });
  return d.ask_catalogue(
    in,
    import_table{.table = std::move(table),
                 .name_space = std::string{in.argument("namespace").value_or("")}},
    [](auto& x) { return encode(x); });
}

web_response take_out(desk& d, web_request& in) {
  const auto [type, id] = object_in_path(in);
  return d.ask_catalogue(
    in, export_table{.type = type, .parent = id, .images = in.argument("of") == "image"},
    [](const text_table& t) {
      web_response out{.type = "text/csv; charset=utf-8", .text = t.text};
      out.headers.emplace_back("Content-Disposition",
                               "attachment; filename*=UTF-8''"
                                 + percent_encoded(t.name + ".csv"));
      return out;
    });
}

route in_row(const char* pattern) {
  return {"POST",
          pattern,
          access::session,
          "Key-values and tags from a table, or what of it matches",
          {{"preview", "boolean", "changes nothing"},
           {"namespace", "string", "of the key-values"}},
          "text/csv",
          200,
          "TableMatch",
          put_in};
}

} // namespace

const std::vector<route> annotation_table_routes{
  in_row("/api/v1/datasets/{dataset}/table"),
  in_row("/api/v1/plates/{plate}/table"),
  {"GET",
   "/api/v1/datasets/{dataset}/table",
   access::session,
   "Key-values and tags of a dataset's images as CSV",
   {},
   "",
   200,
   "text/csv",
   take_out},
  {"GET",
   "/api/v1/plates/{plate}/table",
   access::session,
   "Key-values and tags of a plate's wells as CSV",
   {{"of", "string", "image: of its images instead"}},
   "",
   200,
   "text/csv",
   take_out},
};

} // namespace troupe::http
