#include "schema/queries/tree_links.hpp"

#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

struct joined {
  object_type parent;
  std::string_view table; ///< of links
  int kind;               ///< there
};

joined parents_of(object_type child) {
  switch (child) {
    case object_type::dataset: return {object_type::project, "links", 1};
    case object_type::image: return {object_type::dataset, "links", 2};
    case object_type::plate: return {object_type::screen, "links", 3};
    case object_type::annotation: return {object_type::annotation, "annotation_links", 4};
    default: break;
  }
  throw failure{errc::bad_request,
                fmt::format("{} are in no container", table_of(child))};
}

} // namespace

std::string link_number(std::string_view columns) {
  return fmt::format(
    "cast(cast('x' || left(md5(concat_ws(' ', {})), 13) as bit(52)) as bigint)", columns);
}

tree_links run(soci::session& sql, const list_tree_links& q) {
  const auto of = parents_of(q.type);
  const auto who = to_sql(q.who), ids = array_of(q.children);
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    select distinct l.parent_id, l.child_id, {number} as id
      from {links} as l
      join {parents} as p on p.id = l.parent_id
      join {children} as c on c.id = l.child_id
     where l.kind = {kind} and l.child_id = any(cast(:ids as bigint[]))
       and visible(p.owner_id, p.group_id, cast(:who as viewer))
       and visible(c.owner_id, c.group_id, cast(:who as viewer))
     order by l.child_id, l.parent_id)sql",
       fmt::arg("number", link_number("l.kind, l.parent_id, l.child_id")),
       fmt::arg("links", of.table), fmt::arg("parents", table_of(of.parent)),
       fmt::arg("children", table_of(q.type)), fmt::arg("kind", of.kind)),
     soci::use(ids, "ids"), soci::use(who, "who"));
  tree_links found;
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), of.parent, int64_of(row, "parent_id"),
                           int64_of(row, "child_id")});
  return found;
}

} // namespace troupe
