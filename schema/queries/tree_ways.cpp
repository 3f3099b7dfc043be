#include "schema/queries/tree_ways.hpp"

#include "schema/queries/annotate.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// Whoever asks for ways.
struct pathfinder {
  soci::session& sql;
  const viewer& who;
  std::string bound = to_sql(who);

  std::optional<way_step> step(std::string word, object_type type, int64_t id) const {
    const auto seen = seen_objects(sql, who, type, {id});
    if (seen.empty())
      return std::nullopt;
    return way_step{std::move(word), id, seen.front().owner};
  }
  std::optional<way_step> step(object_type type, int64_t id) const {
    return step(std::string{name_of(type)}, type, id);
  }
  /// First columns of the rows, in order; null is 0.
  std::vector<int64_t> ids(const std::string& query, int64_t id) const {
    soci::rowset<soci::row> rows = (sql.prepare << query, soci::use(id, "id"));
    std::vector<int64_t> out;
    for (const auto& row : rows)
      out.push_back(int64_of(row, "id"));
    return out;
  }
  std::vector<int64_t> parents(std::string_view links, int kind, int64_t child) const {
    return ids(fmt::format("select distinct l.parent_id as id from {} as l"
                           " where l.kind = {} and l.child_id = :id order by 1",
                           links, kind),
               child);
  }
};

std::vector<tree_way> extended(std::vector<tree_way> ways, const way_step& last) {
  for (auto& way : ways)
    way.push_back(last);
  return ways;
}

/// A container that lies in others or in none.
std::vector<tree_way> ways_of_inner(const pathfinder& by, object_type type, int64_t id,
                                    object_type parent_type, int link) {
  const auto self = by.step(type, id);
  if (!self)
    return {};
  std::vector<tree_way> out;
  for (auto parent : by.parents("links", link, id))
    if (auto above = by.step(parent_type, parent))
      out.push_back({*above, *self});
  if (out.empty())
    out.push_back({*self});
  return out;
}

std::vector<tree_way> ways_of_dataset(const pathfinder& by, int64_t id) {
  return ways_of_inner(by, object_type::dataset, id, object_type::project, 1);
}

std::vector<tree_way> ways_of_plate(const pathfinder& by, int64_t id) {
  return ways_of_inner(by, object_type::plate, id, object_type::screen, 3);
}

std::vector<tree_way> ways_of_top(const pathfinder& by, object_type type, int64_t id) {
  const auto self = by.step(type, id);
  return self ? std::vector<tree_way>{{*self}} : std::vector<tree_way>{};
}

/// Counts the images of a list and those before one, in the order of names.
void count_neighbours(const pathfinder& by, way_step& holder, int64_t image,
                      std::string_view condition) {
  int64_t children = 0, index = 0;
  by.sql << fmt::format(R"sql(
    select count(*),
           count(*) filter (where (lower(x.name) collate "C", x.id)
                                  < (lower(i.name) collate "C", i.id))
      from images as i
     cross join images as x
     where i.id = :image and {}
       and visible(x.owner_id, x.group_id, cast(:who as viewer)))sql",
                        condition),
    soci::use(image, "image"), soci::use(holder.id, "holder"), soci::use(by.bound, "who"),
    soci::into(children), soci::into(index);
  holder.children = children;
  holder.index = index;
}

std::vector<tree_way> ways_in_datasets(const pathfinder& by, const way_step& image) {
  std::vector<tree_way> out;
  for (auto dataset : by.parents("links", 2, image.id))
    for (auto& way : ways_of_dataset(by, dataset)) {
      count_neighbours(by, way.back(), image.id,
                       "exists (select from links as l where l.kind = 2"
                       " and l.parent_id = :holder and l.child_id = x.id)");
      way.push_back(image);
      out.push_back(std::move(way));
    }
  return out;
}

std::vector<tree_way> ways_of_run(const pathfinder& by, int64_t id) {
  const auto self = by.step("acquisition", object_type::run, id);
  std::vector<tree_way> out;
  if (self)
    for (auto plate :
         by.ids("select r.plate_id as id from plate_runs as r where r.id = :id", id))
      out = extended(ways_of_plate(by, plate), *self);
  return out;
}

/// @param run  0: of no run.
std::vector<tree_way> ways_of_well(const pathfinder& by, int64_t id, int64_t run) {
  const auto self = by.step(object_type::well, id);
  if (!self)
    return {};
  if (run != 0)
    return extended(ways_of_run(by, run), *self);
  std::vector<tree_way> out;
  for (auto plate :
       by.ids("select w.plate_id as id from wells as w where w.id = :id", id))
    out = extended(ways_of_plate(by, plate), *self);
  return out;
}

std::vector<tree_way> ways_of_well(const pathfinder& by, int64_t id) {
  std::vector<tree_way> out;
  for (auto run : by.ids("select distinct f.run_id as id from fields as f"
                         " where f.well_id = :id order by 1",
                         id))
    for (auto& way : ways_of_well(by, id, run))
      out.push_back(std::move(way));
  return out.empty() ? ways_of_well(by, id, 0) : out;
}

std::vector<tree_way> ways_in_plates(const pathfinder& by, const way_step& image) {
  soci::rowset<soci::row> rows =
    (by.sql.prepare << "select f.id, f.well_id, f.run_id from fields as f"
                       " where f.image_id = :image order by f.id",
     soci::use(image.id, "image"));
  struct field {
    int64_t id, well, run;
  };
  std::vector<field> fields;
  for (const auto& row : rows)
    fields.push_back(
      {int64_of(row, "id"), int64_of(row, "well_id"), int64_of(row, "run_id")});
  std::vector<tree_way> out;
  for (auto& f : fields)
    for (auto& way : ways_of_well(by, f.well, f.run)) {
      way.push_back({"wellsample", f.id, image.owner});
      way.push_back(image);
      out.push_back(std::move(way));
    }
  return out;
}

std::vector<tree_way> ways_of_image(const pathfinder& by, int64_t id) {
  const auto self = by.step(object_type::image, id);
  if (!self)
    return {};
  auto out = ways_in_datasets(by, *self);
  for (auto& way : ways_in_plates(by, *self))
    out.push_back(std::move(way));
  if (!out.empty())
    return out;
  way_step nowhere{"orphaned", self->owner, self->owner};
  count_neighbours(by, nowhere, id, "x.orphan and x.owner_id = :holder");
  return {{nowhere, *self}};
}

std::vector<tree_way> ways_of_tag(const pathfinder& by, int64_t id) {
  const std::string set_name{name_space::tag_set};
  int is_set = 0;
  by.sql << "select cast(n.name = :set_name as integer) from annotations as a"
            " join name_spaces as n on n.id = a.name_space_id where a.id = :id",
    soci::use(set_name, "set_name"), soci::use(id, "id"), soci::into(is_set);
  const auto self = by.step(is_set ? "tagset" : "tag", object_type::annotation, id);
  if (!self)
    return {};
  std::vector<tree_way> out;
  for (auto set : by.parents("annotation_links", 4, id))
    if (auto above = by.step("tagset", object_type::annotation, set))
      out.push_back({*above, *self});
  if (out.empty())
    out.push_back({*self});
  return out;
}

std::vector<tree_way> ways_of_images(const pathfinder& by, const std::string& query,
                                     int64_t id) {
  std::vector<tree_way> out;
  for (auto image : by.ids(query, id))
    for (auto& way : ways_of_image(by, image))
      out.push_back(std::move(way));
  return out;
}

} // namespace

tree_ways run(soci::session& sql, const find_tree_ways& q) {
  const pathfinder by{sql, q.who};
  switch (q.type) {
    case object_type::project:
    case object_type::screen: return {ways_of_top(by, q.type, q.id)};
    case object_type::dataset: return {ways_of_dataset(by, q.id)};
    case object_type::plate: return {ways_of_plate(by, q.id)};
    case object_type::run: return {ways_of_run(by, q.id)};
    case object_type::well: return {ways_of_well(by, q.id)};
    case object_type::image: return {ways_of_image(by, q.id)};
    case object_type::annotation: return {ways_of_tag(by, q.id)};
    case object_type::roi:
      return {ways_of_images(
        by, "select r.image_id as id from rois as r where r.id = :id", q.id)};
    case object_type::shape:
      return {ways_of_images(by,
                             "select r.image_id as id from shapes as s"
                             " join rois as r on r.id = s.roi_id where s.id = :id",
                             q.id)};
    default: break;
  }
  throw failure{errc::bad_request,
                fmt::format("{} are not in the tree", table_of(q.type))};
}

} // namespace troupe
