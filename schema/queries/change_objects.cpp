// Names and descriptions of many objects at once.

#include "schema/queries/audit.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

namespace {

bool is_named(object_type type) {
  constexpr object_type named[] = {
    object_type::project, object_type::dataset, object_type::image, object_type::screen,
    object_type::plate,   object_type::run,     object_type::folder};
  return std::find(std::begin(named), std::end(named), type) != std::end(named);
}

void check(const change_objects& q) {
  if (!is_named(q.type))
    throw failure{errc::bad_request, fmt::format("a {} has no name", name_of(q.type))};
  if (!q.name && !q.description)
    throw failure{errc::bad_request, "name or description is missing"};
  if (q.name)
    check_name("name", *q.name);
  if (q.description)
    check_text("description", *q.description);
  if (q.version && q.ids.size() != 1)
    throw failure{errc::bad_request, "a version goes with a single id"};
}

/// Runs are parts of their plate and have no version of their own.
bool has_version(object_type type) {
  return type != object_type::run;
}

std::vector<int64_t> write(soci::session& sql, const change_objects& q,
                           const std::vector<int64_t>& ids) {
  const auto list = array_of(ids);
  const auto name = q.name.value_or(""), description = q.description.value_or("");
  const int named = q.name.has_value(), described = q.description.has_value();
  const int32_t version = q.version.value_or(0);
  const auto touched =
    has_version(q.type) ? ", version = o.version + 1, updated = now()" : "";
  const auto expected = has_version(q.type) ? "and (o.version = :version or :version = 0)"
                                            : "and :version = :version";
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(R"sql(
    update {} as o
       set name = case when :named <> 0 then :name else o.name end,
           description = case when :described <> 0 then :description else o.description end
           {}
     where o.id = any(cast(:ids as bigint[])) {}
    returning o.id)sql",
                                table_of(q.type), touched, expected),
     soci::use(named, "named"), soci::use(name, "name"),
     soci::use(described, "described"), soci::use(description, "description"),
     soci::use(list, "ids"), soci::use(version, "version"));
  std::vector<int64_t> changed;
  for (const auto& row : rows)
    changed.push_back(int64_of(row, "id"));
  std::sort(changed.begin(), changed.end());
  return changed;
}

} // namespace

batch_result run(soci::session& sql, const change_objects& q) {
  check(q);
  auto chosen = allowed(sql, q.who, q.type, q.ids, right::edit, "change");
  batch_result out{.refused = std::move(chosen.refused)};
  out.done = write(sql, q, chosen.ids());
  if (out.done.size() != chosen.allowed.size())
    throw failure{errc::conflict, fmt::format("{} {} has changed meanwhile",
                                              name_of(q.type), q.ids.front())};
  nlohmann::json detail;
  if (q.name)
    detail["name"] = *q.name;
  if (q.description)
    detail["description"] = *q.description;
  note(sql, q.who, {audit_action::change, object_kind::of(q.type), out.done, 0, detail});
  return out;
}

} // namespace troupe
