#include "schema/queries/table_objects.hpp"

#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <regex>

namespace troupe {

namespace {

constexpr std::string_view of_dataset = R"sql((
      select i.id, i.name, i.owner_id, i.group_id
        from links as l
        join images as i on i.id = l.child_id
       where l.kind = 2 and l.parent_id = :parent) as x)sql";

constexpr std::string_view of_plate = R"sql((
      select distinct i.id, i.name, i.owner_id, i.group_id
        from wells as w
        join fields as f on f.well_id = w.id
        join images as i on i.id = f.image_id
       where w.plate_id = :parent) as x)sql";

constexpr std::string_view wells = R"sql((
      select w.id, well_name(w.well_row, w.well_column) as name, p.owner_id, p.group_id
        from wells as w
        join plates as p on p.id = w.plate_id
       where w.plate_id = :parent) as x)sql";

} // namespace

std::string plain_well_name(const std::string& name) {
  static const std::regex form{R"(\s*([A-Za-z]{1,2})0*([1-9][0-9]{0,3})\s*)"};
  std::smatch parts;
  if (!std::regex_match(name, parts, form))
    return name;
  auto row = parts[1].str();
  for (auto& c : row)
    c = static_cast<char>(c & ~0x20); // upper case
  return row + parts[2].str();
}

std::string_view table_rows(object_type parent, object_type of) {
  if (of == object_type::well)
    return wells;
  return parent == object_type::plate ? of_plate : of_dataset;
}

std::vector<table_object> objects_of_table(soci::session& sql, const viewer& viewer,
                                           object_type parent_type, int64_t parent,
                                           object_type of) {
  const auto who = to_sql(viewer);
  soci::rowset<soci::row> rows = (sql.prepare << fmt::format(R"sql(
    select x.id, x.name,
           cast(annotatable(x.owner_id, x.group_id, cast(:who as viewer)) as integer) as may
      from {}
     where visible(x.owner_id, x.group_id, cast(:who as viewer))
     order by x.name collate nat, x.id)sql",
                                                             table_rows(parent_type, of)),
                                  soci::use(parent, "parent"), soci::use(who, "who"));
  std::vector<table_object> found;
  for (const auto& row : rows)
    found.push_back({int64_of(row, "id"), text_of(row, "name"), bool_of(row, "may")});
  return found;
}

} // namespace troupe
