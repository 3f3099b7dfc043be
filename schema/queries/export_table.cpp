// Key-values and tags of many objects as a table.

#include "schema/queries/rows.hpp"
#include "schema/queries/table_objects.hpp"
#include "storage/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace troupe {

namespace {

using nlohmann::json;

struct table_line {
  int64_t id;
  std::string name;
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> tags;
};

/// Each annotation once, whoever linked it.
constexpr std::string_view export_query = R"sql(
    select x.id, x.name,
           cast((select json_agg(p.pair order by a.id, p.n)
                   from annotations as a
                  cross join jsonb_array_elements(a.pairs) with ordinality as p (pair, n)
                  where a.id in (select l.child_id from annotation_links as l
                                  where l.kind = :kind and l.parent_id = x.id)
                    and a.pairs is not null
                    and visible(a.owner_id, a.group_id, cast(:who as viewer))) as text) as pairs,
           cast((select json_agg(a.text_value order by a.text_value collate nat, a.id)
                   from annotations as a
                  where a.id in (select l.child_id from annotation_links as l
                                  where l.kind = :kind and l.parent_id = x.id)
                    and a.kind = 1
                    and visible(a.owner_id, a.group_id, cast(:who as viewer))) as text) as tags
      from {}
     where visible(x.owner_id, x.group_id, cast(:who as viewer))
     order by x.name collate nat, x.id
     limit :most)sql";

std::vector<table_line> lines_of(soci::session& sql, const export_table& q,
                                 object_type of) {
  const auto who = to_sql(q.who);
  const int kind = static_cast<int>(of);
  const auto most = static_cast<int64_t>(most_objects) + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(fmt::runtime(export_query), table_rows(q.type, of)),
     soci::use(kind, "kind"), soci::use(who, "who"), soci::use(q.parent, "parent"),
     soci::use(most, "most"));
  std::vector<table_line> lines;
  for (const auto& row : rows) {
    table_line line{int64_of(row, "id"), text_of(row, "name"), {}, {}};
    for (auto& pair : json_of(row, "pairs"))
      line.pairs.emplace_back(pair.at("k"), pair.at("v"));
    for (auto& tag : json_of(row, "tags"))
      if (tag.is_string())
        line.tags.push_back(tag);
    lines.push_back(std::move(line));
  }
  if (lines.size() > most_objects)
    throw failure{errc::too_large,
                  fmt::format("the table would have more than {} rows", most_objects)};
  return lines;
}

/// A column per key, as many as the object with most of it needs, in the order in which
/// keys appear.
class key_columns {
public:
  explicit key_columns(const std::vector<table_line>& lines) {
    for (auto& line : lines) {
      std::map<std::string, size_t> seen;
      for (auto& [key, value] : line.pairs)
        if (++seen[key] > columns_[key].size())
          add(key);
    }
  }
  const std::vector<std::string>& names() const { return names_; }

  std::vector<std::string> cells(const table_line& line) const {
    std::vector<std::string> out(names_.size());
    std::map<std::string, size_t> seen;
    for (auto& [key, value] : line.pairs)
      out[columns_.at(key)[seen[key]++]] = value;
    return out;
  }

private:
  void add(const std::string& key) {
    columns_[key].push_back(names_.size());
    names_.push_back(key);
  }
  std::vector<std::string> names_;
  std::map<std::string, std::vector<size_t>> columns_;
};

std::string table_text(const std::vector<table_line>& lines, object_type of) {
  const key_columns keys{lines};
  size_t most_tags = 0;
  for (auto& line : lines)
    most_tags = std::max(most_tags, line.tags.size());
  auto emit = [&](std::vector<std::string> begin, const std::vector<std::string>& values,
                  std::vector<std::string> tags) {
    begin.insert(begin.end(), values.begin(), values.end());
    tags.resize(most_tags);
    begin.insert(begin.end(), tags.begin(), tags.end());
    return csv_row(begin);
  };
  const bool wells = of == object_type::well;
  auto text = emit(wells ? std::vector<std::string>{"well"}
                         : std::vector<std::string>{"image id", "image"},
                   keys.names(), std::vector<std::string>(most_tags, "tag"));
  for (auto& line : lines)
    text += emit(wells ? std::vector<std::string>{line.name}
                       : std::vector<std::string>{std::to_string(line.id), line.name},
                 keys.cells(line), line.tags);
  return text;
}

} // namespace

text_table run(soci::session& sql, const export_table& q) {
  if (q.type != object_type::dataset && q.type != object_type::plate)
    throw failure{errc::bad_request, "tables are of datasets and plates"};
  require_seen(sql, q.who, q.type, q.parent);
  const auto of =
    q.type == object_type::plate && !q.images ? object_type::well : object_type::image;
  text_table out;
  sql << fmt::format("select name from {} where id = :id", table_of(q.type)),
    soci::use(q.parent, "id"), soci::into(out.name);
  out.text = table_text(lines_of(sql, q, of), of);
  return out;
}

} // namespace troupe
