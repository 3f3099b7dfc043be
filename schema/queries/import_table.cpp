// Rows of a table and the objects they name; what they say put on these.

#include "schema/queries/annotation_links.hpp"
#include "schema/queries/annotation_values.hpp"
#include "schema/queries/audit.hpp"
#include "schema/queries/table_columns.hpp"
#include "schema/queries/table_objects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace troupe {

namespace {

using nlohmann::json;

struct matched_row {
  const csv_table::row* row = nullptr;
  std::string name;
  const char* status = "missing";
  std::vector<int64_t> ids;
};

struct matched_table {
  int64_t group = 0;
  csv_table table;
  table_columns columns;
  std::vector<matched_row> rows;
};

/// What a cell must say to mean the object.
std::string key_of(const table_columns& columns, const table_object& o) {
  return columns.by_id ? std::to_string(o.id) : o.name;
}

std::string name_in(const table_columns& columns, const csv_table::row& row) {
  auto name = trimmed(row.cells[columns.name]);
  return columns.of == object_type::well ? plain_well_name(name) : name;
}

matched_table match(soci::session& sql, const viewer& who, const object_table& q) {
  if (q.type != object_type::dataset && q.type != object_type::plate)
    throw failure{errc::bad_request, "tables are of datasets and plates"};
  matched_table out;
  out.group = require_seen(sql, who, q.type, q.parent).group;
  out.table = read_csv(q.text, most_objects);
  out.columns = columns_of(out.table.header, q.type);
  std::map<std::string, std::vector<table_object>> by_name;
  for (auto& o : objects_of_table(sql, who, q.type, q.parent, out.columns.of))
    by_name[key_of(out.columns, o)].push_back(o);
  for (auto& row : out.table.rows) {
    matched_row m{&row, name_in(out.columns, row), "missing", {}};
    if (auto found = by_name.find(m.name); found != by_name.end()) {
      for (auto& o : found->second)
        m.ids.push_back(o.id);
      m.status = m.ids.size() > 1               ? "ambiguous"
                 : found->second[0].annotatable ? "match"
                                                : "denied";
    }
    out.rows.push_back(std::move(m));
  }
  return out;
}

json headers_of(const matched_table& m, const std::vector<size_t>& columns) {
  auto list = json::array();
  for (auto i : columns)
    list.push_back(m.table.header[i]);
  return list;
}

json_document report(const matched_table& m, const std::vector<int64_t>& annotations) {
  json counts{{"match", 0}, {"ambiguous", 0}, {"missing", 0}, {"denied", 0}};
  auto rows = json::array();
  for (auto& r : m.rows) {
    counts[r.status] = counts[r.status].get<int64_t>() + 1;
    rows.push_back({{"line", r.row->line},
                    {"name", r.name},
                    {"status", r.status},
                    {"ids", r.ids},
                    {"pairs", pairs_of(m.table, m.columns, *r.row).size()},
                    {"tags", tags_of(m.columns, *r.row)}});
  }
  auto tags = m.columns.tags;
  tags.insert(tags.end(), m.columns.tag_lists.begin(), m.columns.tag_lists.end());
  return {json{{"separator", std::string{m.table.separator}},
               {"of", name_of(m.columns.of)},
               {"column", m.table.header[m.columns.name]},
               {"keys", headers_of(m, m.columns.keys)},
               {"tags", headers_of(m, tags)},
               {"counts", counts},
               {"rows", rows},
               {"annotations", annotations}}
            .dump(-1, ' ', false, json::error_handler_t::replace)};
}

/// Lays out what the matching rows say; nothing is written before all of it is checked.
class table_writer {
public:
  table_writer(soci::session& sql, const import_table& q, const matched_table& m)
    : sql_{sql},
      q_{q},
      m_{m} {}

  /// @returns the annotations made.
  std::vector<int64_t> write() {
    for (auto& r : m_.rows)
      if (r.status == std::string_view{"match"})
        add(r);
    const auto made = insert_annotations(sql_, q_.who, std::move(rows_));
    for (auto& [object, row] : links_of_new_)
      links_.push_back({object, made[row]});
    link_annotations(sql_, q_.who, m_.columns.of, links_);
    return made;
  }
  std::vector<int64_t> objects() const {
    std::vector<int64_t> ids;
    for (auto& l : links_)
      ids.push_back(l.object);
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
  }

private:
  void add(const matched_row& r) {
    try {
      add_pairs(r);
      for (auto& tag : tags_of(m_.columns, *r.row))
        add_tag(r.ids[0], tag);
    } catch (const failure& f) {
      throw failure{f.code, fmt::format("line {}: {}", r.row->line, f.what())};
    }
  }

  void add_pairs(const matched_row& r) {
    auto list = json::array();
    for (auto& [key, value] : pairs_of(m_.table, m_.columns, *r.row))
      list.push_back({{"k", key}, {"v", value}});
    if (list.empty())
      return;
    add_new(r.ids[0], row_of({.kind = metadata::annotation_kind::map,
                              .value = std::move(list),
                              .name_space = q_.name_space,
                              .description = {},
                              .file = {}},
                             m_.group));
  }

  void add_tag(int64_t object, const std::string& name) {
    auto [known, first] = tags_.try_emplace(name);
    if (first) {
      auto row = row_of({.kind = metadata::annotation_kind::tag,
                         .value = name,
                         .name_space = {},
                         .description = {},
                         .file = {}},
                        m_.group);
      known->second.id = tag_called(sql_, q_.who, m_.group, name);
      if (known->second.id == 0) {
        known->second.row = rows_.size();
        rows_.push_back(std::move(row));
      }
    }
    if (known->second.id != 0)
      links_.push_back({object, known->second.id});
    else
      links_of_new_.emplace_back(object, known->second.row);
  }

  void add_new(int64_t object, json row) {
    links_of_new_.emplace_back(object, rows_.size());
    rows_.push_back(std::move(row));
  }

  struct tag {
    int64_t id = 0;
    size_t row = 0; ///< of the new ones
  };
  soci::session& sql_;
  const import_table& q_;
  const matched_table& m_;
  json rows_ = json::array();
  std::vector<annotation_link> links_;
  std::vector<std::pair<int64_t, size_t>> links_of_new_;
  std::map<std::string, tag> tags_;
};

} // namespace

json_document run(soci::session& sql, const preview_table& q) {
  return report(match(sql, q.who, q.table), {});
}

json_document run(soci::session& sql, const import_table& q) {
  require_author(q.who);
  check_name_space(q.name_space);
  const auto matched = match(sql, q.who, q.table);
  table_writer writer{sql, q, matched};
  const auto made = writer.write();
  note(sql, q.who,
       {audit_action::create, object_kind::of(object_type::annotation), made,
        matched.group});
  note(sql, q.who,
       {audit_action::link,
        object_kind::of(matched.columns.of),
        writer.objects(),
        matched.group,
        {{"table", {{"type", name_of(q.table.type)}, {"id", q.table.parent}}}}});
  return report(matched, made);
}

} // namespace troupe
