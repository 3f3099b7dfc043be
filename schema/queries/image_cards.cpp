#include "schema/queries/image_cards.hpp"

#include "schema/kept_plans.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

constexpr std::string_view card_columns = R"sql(
           i.id, i.name, i.description, a.name as author, i.size_x, i.size_y,
           cast(extract(epoch from coalesce(i.acquired, i.created)) as double precision)
             as taken,
           array_length(i.levels, 1) as levels)sql";

constexpr std::string_view field_columns = R"sql(,
           f.well_id, w.well_row, w.well_column, f.position, f.run_id,
           r.name as run_name, f.x, f.x_unit, f.y, f.y_unit)sql";

constexpr std::string_view field_tables = R"sql(
           fields as f
      join wells as w on w.id = f.well_id
      join images as i on i.id = f.image_id
      left join plate_runs as r on r.id = f.run_id)sql";

struct card_scope {
  std::string_view tables, condition, order;
  bool fields = true;
};

card_scope scope_of(object_type in) {
  constexpr std::string_view by_well = "w.well_row, w.well_column, f.position";
  switch (in) {
    case object_type::dataset:
      return {"links as l join images as i on i.id = l.child_id",
              "l.parent_id = :id and l.kind = 2", "lower(i.name) collate \"C\", i.id",
              false};
    case object_type::plate: return {field_tables, "w.plate_id = :id", by_well};
    case object_type::run: return {field_tables, "f.run_id = :id", by_well};
    case object_type::well: return {field_tables, "f.well_id = :id", by_well};
    default: break;
  }
  throw failure{errc::bad_request, fmt::format("no images lie in a {}", name_of(in))};
}

std::optional<metadata::quantity> offset_of(const soci::row& row, const char* value,
                                            const char* unit) {
  const auto n = double_of(row, value);
  return n ? std::optional{metadata::quantity{*n, text_of(row, unit)}} : std::nullopt;
}

image_card card_of(const soci::row& row) {
  image_card card;
  card.id = int64_of(row, "id");
  card.name = text_of(row, "name");
  card.description = text_of(row, "description");
  card.author = text_of(row, "author");
  card.taken = double_of(row, "taken").value_or(0);
  card.size = {int32_of(row, "size_x"), int32_of(row, "size_y")};
  card.levels = int32_of(row, "levels");
  return card;
}

image_card::field field_of(const soci::row& row) {
  image_card::field at;
  at.well = int64_of(row, "well_id");
  at.row = int32_of(row, "well_row");
  at.column = int32_of(row, "well_column");
  at.position = int32_of(row, "position");
  if (row.get_indicator("run_id") == soci::i_ok)
    at.run = int64_of(row, "run_id");
  at.run_name = text_of(row, "run_name");
  at.x = offset_of(row, "x", "x_unit");
  at.y = offset_of(row, "y", "y_unit");
  return at;
}

} // namespace

image_cards run(soci::session& sql, const list_image_cards& q) {
  const auto scope = scope_of(q.in);
  require_seen(sql, q.who, q.in, q.id);
  const auto who = to_sql(q.who);
  soci::rowset<soci::row> rows =
    (sql.prepare << kept
                 << fmt::format(R"sql(
    select {}{}
      from {}
      join accounts as a on a.id = i.owner_id
     where {} and visible(i.owner_id, i.group_id, cast(:who as viewer))
     order by {})sql",
                                card_columns, scope.fields ? field_columns : "",
                                scope.tables, scope.condition, scope.order),
     soci::use(q.id, "id"), soci::use(who, "who"));
  image_cards found;
  for (const auto& row : rows) {
    auto& card = found.items.emplace_back(card_of(row));
    if (scope.fields)
      card.at = field_of(row);
  }
  return found;
}

} // namespace troupe
