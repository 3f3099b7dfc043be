// What was done to objects, and by whom.

#include "schema/queries/history.hpp"
#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/object_path.hpp"
#include "http/routes/tables.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

web_response history(desk& d, web_request& in) {
  const auto [type, id] = object_in_path(in);
  return d.ask_catalogue(in, object_history{.type = type, .id = id, .page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

std::optional<int64_t> id_if(const web_request& in, const char* name) {
  const auto text = in.argument(name);
  if (!text)
    return std::nullopt;
  if (text->empty() || text->size() > 18
      || !std::all_of(text->begin(), text->end(),
                      [](char c) { return c >= '0' && c <= '9'; }))
    throw failure{errc::bad_request, std::string{name} + " must be an id"};
  return std::stoll(std::string{*text});
}

std::optional<std::string> word_if(const web_request& in, const char* name) {
  const auto text = in.argument(name);
  return text ? std::optional{std::string{*text}} : std::nullopt;
}

audit_filter filter_of(const web_request& in) {
  return {.account = id_if(in, "account"),
          .object = id_if(in, "object"),
          .action = word_if(in, "action"),
          .type = word_if(in, "type"),
          .from = word_if(in, "from"),
          .to = word_if(in, "to")};
}

web_response audit(desk& d, web_request& in) {
  const auto format = word_if(in, "format").value_or("json");
  if (format == "json")
    return d.ask_catalogue(in, list_audit{.filter = filter_of(in), .page = page_of(in)},
                           [](auto& p) { return encode(p); });
  if (format != "csv")
    throw failure{errc::bad_request, "format must be json or csv"};
  return d.ask_catalogue(in, export_audit{.filter = filter_of(in)}, [](auto& x) {
    web_response out{.type = "text/csv; charset=utf-8", .text = x.text};
    out.headers.emplace_back("Content-Disposition", "attachment; filename=\"audit.csv\"");
    return out;
  });
}

route history_row(const char* pattern) {
  return {"GET",
          pattern,
          access::session,
          "What was done to it, the newest first",
          {after, limit},
          "",
          200,
          "HistoryList",
          history};
}

} // namespace

const std::vector<route> history_routes{
  history_row("/api/v1/projects/{project}/history"),
  history_row("/api/v1/datasets/{dataset}/history"),
  history_row("/api/v1/images/{image}/history"),
  history_row("/api/v1/screens/{screen}/history"),
  history_row("/api/v1/plates/{plate}/history"),
  history_row("/api/v1/folders/{folder}/history"),
  history_row("/api/v1/rois/{roi}/history"),
  history_row("/api/v1/annotations/{annotation}/history"),
  {"GET",
   "/api/v1/audit",
   access::session,
   "What was done by everybody, the newest first; for administrators",
   {{"account", "integer", "who did it, or acted as somebody"},
    {"action", "string", "delete, restore, link ..."},
    {"type", "string", "of object, also account, group, session"},
    {"object", "integer", "its id"},
    {"from", "string", "RFC 3339"},
    {"to", "string", "RFC 3339, exclusive"},
    {"format", "string", "json or csv; CSV has at most 100,000 rows"},
    after,
    limit},
   "",
   200,
   "AuditList, text/csv",
   audit},
};

} // namespace troupe::http
