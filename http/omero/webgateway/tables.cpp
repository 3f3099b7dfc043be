// Questions to tables. What goes wrong is told with status 200, as clients expect.

#include "http/omero/tables.hpp"
#include "http/encode.hpp"
#include "http/omero/webgateway/attached_values.hpp"
#include "http/omero/webgateway/table_part.hpp"
#include "schema/queries/annotation_table.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr size_t most_cells = 1'000'000;

json error_json(const std::string& why) {
  return {{"error", why}};
}

/// The answer, or what went wrong.
std::function<web_response(call&)> or_error(json (*run)(call&)) {
  return [run](call& c) {
    try {
      return document(run(c));
    } catch (const failure& e) {
      return document(error_json(e.what()));
    } catch (const refused& r) {
      if (r.answer.status == 404)
        return document(error_json(json::parse(r.answer.text).at("detail")));
      throw;
    }
  };
}

json query_json(call& c, const value_table& table) {
  return part_json(table, part_asked(c, table));
}

json query_of_file(call& c) {
  return query_json(c, table_of_file(c, c.id("file")));
}

/// Key-values of a dataset's images or a plate's wells are a table too.
json query_of_values(call& c, object_type type, int64_t id) {
  const auto own = c.ask(export_table{.type = type, .parent = id});
  auto out = query_json(c, value_table{own.text});
  out["id"] = nullptr;
  out["annId"] = nullptr;
  out["parentType"] = type == object_type::plate ? "Plate" : "Dataset";
  out["parentId"] = id;
  return out;
}

std::string type_of_parent(object_type type) {
  std::string word{name_of(type)};
  word.front() =
    static_cast<char>(std::toupper(static_cast<unsigned char>(word.front())));
  return word;
}

/// The newest that can be read.
json query_of_object(call& c) {
  const auto& path = c.in.captured.at("type");
  const auto id = c.id("object");
  const auto found = tables_attached(c, path, id);
  for (auto& one : found.all)
    try {
      auto out = query_json(c, table_of_file(c, one.what.file));
      out["id"] = one.what.file;
      out["annId"] = one.what.annotation;
      out["owner"] = one.what.owner;
      out["addedBy"] = one.what.added_by;
      out["parentType"] = type_of_parent(found.type);
      out["parentId"] = one.object;
      out["addedOn"] = one.what.added_ms;
      return out;
    } catch (const failure& e) {
      if (&one == &found.all.back())
        throw;
    }
  if (path == "Plate" || path == "Dataset")
    return query_of_values(c, path == "Plate" ? object_type::plate : object_type::dataset,
                           id);
  throw failure{errc::not_found, fmt::format("no table is attached to {} {}", path, id)};
}

json annotations_of_object(call& c) {
  const auto found = tables_attached(c, c.in.captured.at("type"), c.id("object"));
  auto list = json::array();
  for (auto& one : found.all)
    list.push_back({{"id", one.what.annotation},
                    {"name", one.what.name},
                    {"file", one.what.file},
                    {"ns", one.what.name_space},
                    {"parentType", type_of_parent(found.type)},
                    {"parentId", one.object},
                    {"owner", one.what.owner},
                    {"addedBy", one.what.added_by},
                    {"addedOn", one.what.added_ms}});
  return {{"data", std::move(list)}};
}

json metadata_of_file(call& c) {
  const auto table = table_of_file(c, c.id("file"));
  auto columns = json::array();
  for (auto& column : table.columns())
    columns.push_back(
      {{"name", column.name}, {"description", ""}, {"type", column.type}});
  return {{"columns", std::move(columns)},
          {"totalCount", table.rows()},
          {"user_metadata", json::object()}};
}

json rows_of_file(call& c) {
  const auto table = table_of_file(c, c.id("file"));
  const auto start = static_cast<size_t>(std::max<int64_t>(c.integer_or("start", 0), 0));
  auto rows = json::array();
  for (auto row : rows_asked(c, table))
    if (row >= start)
      rows.push_back(row);
  const auto found = rows.size();
  return {{"rows", std::move(rows)},
          {"meta",
           {{"partialCount", found},
            {"rowCount", table.rows()},
            {"columnCount", table.columns().size()},
            {"start", start},
            {"end", table.rows()},
            {"maxCells", most_cells}}}};
}

size_t index_in(std::string_view text, size_t count) {
  const auto digits =
    !text.empty() && text.size() < 10
    && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
  const auto n = digits ? std::stoul(std::string{text}) : count;
  if (n >= count)
    throw failure{errc::bad_request,
                  fmt::format("'{}' is no number below {}", text.substr(0, 20), count)};
  return n;
}

/// "1,2,5-9", from 0.
std::vector<size_t> ranges_in(std::string_view text, size_t count) {
  std::vector<size_t> out;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto item = text.substr(0, comma);
    const auto dash = std::min(item.find('-'), item.size());
    const auto first = index_in(item.substr(0, dash), count);
    const auto last = dash < item.size() ? index_in(item.substr(dash + 1), count) : first;
    for (auto i = first; i <= last && out.size() <= most_cells; ++i)
      out.push_back(i);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return out;
}

json slice_of_file(call& c) {
  const auto table = table_of_file(c, c.id("file"));
  const auto rows = ranges_in(c.field("rows").value_or(""), table.rows());
  const auto columns = ranges_in(c.field("columns").value_or(""), table.columns().size());
  if (rows.empty() || columns.empty())
    throw failure{errc::bad_request, "rows and columns are needed"};
  if (rows.size() * columns.size() > most_cells)
    throw failure{errc::too_large, fmt::format("at most {} cells", most_cells)};
  auto values = json::array(), names = json::array();
  for (auto column : columns) {
    auto one = json::array();
    for (auto row : rows)
      one.push_back(table.value(row, column));
    values.push_back(std::move(one));
    names.push_back(table.columns()[column].name);
  }
  return {{"columns", std::move(values)},
          {"meta",
           {{"columns", std::move(names)},
            {"rowCount", table.rows()},
            {"columnCount", table.columns().size()},
            {"maxCells", most_cells}}}};
}

/// Bit n, the highest of a byte first, is set when the value n is in the column.
web_response bitmask(call& c) {
  constexpr int64_t largest_id = 1 << 30;
  const auto table = table_of_file(c, c.id("file"));
  const auto column = table.column_named(c.field("col_name").value_or("object"));
  std::string bits;
  for (auto row : rows_asked(c, table)) {
    const auto value = table.value(row, column);
    if (!value.is_number_integer() || value < 0 || value > largest_id)
      continue;
    const auto n = value.get<size_t>();
    if (n / 8 >= bits.size())
      bits.resize(n / 8 + 1);
    bits[n / 8] = static_cast<char>(bits[n / 8] | 0x80 >> n % 8);
  }
  web_response out{.type = "application/octet-stream"};
  out.text = std::move(bits);
  return out;
}

} // namespace

const std::vector<route> gateway_table_routes = routes_of({
  {"GET", "/webgateway/table/{file}/query", manner::data, or_error(query_of_file)},
  {"GET", "/webgateway/table/{type}/{object}/query", manner::data,
   or_error(query_of_object)},
  {"GET", "/webgateway/annotations/{type}/{object}", manner::data,
   or_error(annotations_of_object)},
  {"GET", "/webgateway/table/{file}/metadata", manner::data, or_error(metadata_of_file)},
  {"GET", "/webgateway/table/{file}/rows", manner::data, or_error(rows_of_file)},
  {"GET", "/webgateway/table/{file}/slice", manner::data, or_error(slice_of_file)},
  {"POST", "/webgateway/table/{file}/slice", manner::data, or_error(slice_of_file)},
  {"GET", "/webgateway/table/{file}/obj_id_bitmask", manner::data, bitmask},
});

} // namespace troupe::http::omero
