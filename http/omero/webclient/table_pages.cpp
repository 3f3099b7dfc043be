// A table among the attached files: as JSON page by page, as CSV, as a page for people.

#include "http/encode.hpp"
#include "http/omero/login_page.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "http/omero/webgateway/as_download.hpp"
#include "http/omero/webgateway/attached_values.hpp"
#include "http/omero/webgateway/table_part.hpp"
#include "http/plain_page.hpp"
#include "storage/csv.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

namespace {

constexpr int64_t rows_of_page = 1000;

/// The rows that the request asks for; a page of them when it sets no limit.
table_part page_of_table(call& c, const value_table& table) {
  auto part = part_asked(c, table);
  if (!part.limit) {
    part.limit = rows_of_page;
    if (part.rows.size() > static_cast<size_t>(rows_of_page))
      part.rows.resize(rows_of_page);
  }
  return part;
}

std::string address_of_part(call& c, int64_t file, int64_t offset, int64_t limit) {
  return fmt::format("{}/webclient/omero_table/{}/json/?query={}&offset={}&limit={}",
                     c.in.base, file, percent_encoded(c.field("query").value_or("*")),
                     offset, limit);
}

web_response table_as_json(call& c) {
  const auto file = c.id("file");
  const auto kept = c.ask(find_kept_attachment{.file = file});
  const auto table = table_of_file(c, file);
  const auto part = page_of_table(c, table);
  auto body = part_json(table, part);
  if (body.contains("error"))
    return document(body);
  body["data"].update({{"id", file}, {"name", kept.name}, {"path", ""}});
  const auto limit = std::max<int64_t>(*part.limit, 1), offset = part.offset;
  auto& meta = body["meta"];
  meta["query"] = c.field("query").value_or("*");
  meta["page"] = offset / limit + 1;
  meta["url"] = address_of_part(c, file, offset, limit);
  if (offset + limit < static_cast<int64_t>(part.total))
    meta["next"] = address_of_part(c, file, offset + limit, limit);
  if (offset > 0)
    meta["prev"] = address_of_part(c, file, std::max<int64_t>(offset - limit, 0), limit);
  return document(body);
}

/// The cells of a row that are asked for.
std::vector<std::string> cells_of(const value_table& table, const table_part& part,
                                  size_t row) {
  std::vector<std::string> out;
  for (auto column : part.columns)
    out.push_back(table.text(row, column));
  return out;
}

std::vector<std::string> names_of_columns(const value_table& table,
                                          const table_part& part) {
  std::vector<std::string> out;
  for (auto column : part.columns)
    out.push_back(table.columns()[column].name);
  return out;
}

web_response table_as_csv(call& c) {
  const auto file = c.id("file");
  const auto kept = c.ask(find_kept_attachment{.file = file});
  const auto table = table_of_file(c, file);
  const auto part = part_asked(c, table);
  web_response out{.type = "text/csv; charset=utf-8"};
  if (c.field("header") != "false")
    out.text = csv_row(names_of_columns(table, part));
  for (auto row : part.rows)
    out.text += csv_row(cells_of(table, part, row));
  out.headers.emplace_back("Content-Disposition",
                           "attachment; filename=" + download_name(kept.name));
  return out;
}

std::string html_row(const std::vector<std::string>& cells, const char* tag) {
  std::string out = "<tr>";
  for (auto& cell : cells)
    out += fmt::format("<{0}>{1}</{0}>", tag, in_markup(cell));
  return out + "</tr>\n";
}

web_response table_as_page(call& c) {
  const auto file = c.id("file");
  const auto kept = c.ask(find_kept_attachment{.file = file});
  const auto table = table_of_file(c, file);
  const auto part = page_of_table(c, table);
  auto body = fmt::format("<p>{} of {} rows</p>\n<table>\n{}", part.rows.size(),
                          part.total, html_row(names_of_columns(table, part), "th"));
  for (auto row : part.rows)
    body += html_row(cells_of(table, part, row), "td");
  return page_with_token(c, kept.name, body + "</table>\n");
}

} // namespace

const std::vector<route> webclient_table_routes = routes_of({
  error_row("GET", "/webclient/omero_table/{file}/json", table_as_json),
  error_row("GET", "/webclient/omero_table/{file}/csv", table_as_csv),
  {"GET", "/webclient/omero_table/{file}", manner::pages, table_as_page},
});

} // namespace troupe::http::omero
