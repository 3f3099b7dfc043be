#include "schema/queries/trash_steps.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// As in the view link_kinds.
struct link_ends {
  int kind;
  object_type parent, child;
};
constexpr link_ends links[] = {{1, object_type::project, object_type::dataset},
                               {2, object_type::dataset, object_type::image},
                               {3, object_type::screen, object_type::plate},
                               {4, object_type::folder, object_type::image},
                               {5, object_type::folder, object_type::roi}};

int number(object_type type) {
  return static_cast<int>(type);
}

std::string in_going(const char* column, int kind) {
  return fmt::format("t.{} in (select g.id from going as g where g.kind = {})", column,
                     kind);
}

/// First the links of what goes itself; those that are left are of what stays.
void add_links(std::vector<removal>& all) {
  for (int kind = 1; kind <= object_types; ++kind)
    all.push_back({"annotation_links", kind,
                   fmt::format("t.kind = {} and {}", kind, in_going("parent_id", kind)),
                   true});
  all.push_back({"annotation_links", 4, in_going("child_id", 4)});
  for (auto& l : links)
    all.push_back(
      {"links", number(l.child),
       fmt::format("t.kind = {} and {}", l.kind, in_going("child_id", number(l.child))),
       true});
  for (auto& l : links)
    all.push_back({"links", number(l.parent),
                   fmt::format("t.kind = {} and {}", l.kind,
                               in_going("parent_id", number(l.parent)))});
}

void add_rows(std::vector<removal>& all, const char* table, int kind,
              const char* column = "id") {
  all.push_back({table, kind, in_going(column, kind)});
}

/// Work that waits: to measure a fileset, to make the levels of an image.
void add_job(std::vector<removal>& all, int job, int kind) {
  all.push_back({"jobs", kind,
                 fmt::format("t.kind = {} and t.dedup in (select cast(g.id as text)"
                             " from going as g where g.kind = {})",
                             job, kind)});
}

std::vector<removal> make_removals() {
  std::vector<removal> all;
  add_links(all);
  add_job(all, 1, 9);
  add_job(all, 2, 3);
  add_rows(all, "fields", 10, "well_id");
  add_rows(all, "well_reagents", 10, "well_id");
  add_rows(all, "well_reagents", 14, "reagent_id");
  add_rows(all, "wells", 10);
  add_rows(all, "plate_runs", 11);
  add_rows(all, "plates", 6);
  add_rows(all, "reagents", 14);
  add_rows(all, "screens", 5);
  add_rows(all, "shapes", 13);
  add_rows(all, "rois", 8);
  add_rows(all, "folders", 7);
  add_rows(all, "annotations", 4);
  add_rows(all, "attachments", 0);
  add_rows(all, "renderings", 3, "image_id");
  add_rows(all, "plane_infos", 3, "image_id");
  add_rows(all, "channels", 12);
  add_rows(all, "images", 3);
  add_rows(all, "instruments", 9, "fileset_id");
  add_rows(all, "files", 9, "fileset_id");
  add_rows(all, "filesets", 9);
  add_rows(all, "datasets", 2);
  add_rows(all, "projects", 1);
  return all;
}

/// @param grouped  whether the parent has a group of its own.
std::string ends_exist(const char* end, std::string_view table, bool grouped) {
  return fmt::format("exists (select from {} as x where x.id = r.{}{})", table, end,
                     grouped ? " and x.group_id = r.group_id" : "");
}

std::string link_condition() {
  std::string out = "false";
  for (auto& l : links)
    out += fmt::format(" or (r.kind = {} and {} and {})", l.kind,
                       ends_exist("parent_id", table_of(l.parent), true),
                       ends_exist("child_id", table_of(l.child), true));
  return out;
}

std::string annotation_link_condition() {
  std::string parents = "false";
  for (int kind = 1; kind <= object_types; ++kind)
    parents +=
      fmt::format(" or (r.kind = {} and {})", kind,
                  ends_exist("parent_id", table_of(static_cast<object_type>(kind)),
                             kind <= number(object_type::well)));
  return fmt::format("({}) and {}", parents, ends_exist("child_id", "annotations", true));
}

} // namespace

const std::vector<removal>& removals() {
  static const auto all = make_removals();
  return all;
}

bool lies_in_bundles(std::string_view table) {
  return table == "annotation_links" || table == "links" || table == "channels"
         || table == "shapes";
}

const std::vector<pointer>& pointers() {
  static const std::vector<pointer> all{
    {"folders", "parent_id", 7, 7},      {"folders", "fileset_id", 7, 9},
    {"screens", "fileset_id", 5, 9},     {"plates", "fileset_id", 6, 9},
    {"annotations", "fileset_id", 4, 9}, {"imports", "dataset_id", -1, 2}};
  return all;
}

const std::vector<requirement>& requirements() {
  static const std::vector<requirement> all{
    {"rois", "image_id", "images"}, {"annotations", "attachment_id", "attachments"}};
  return all;
}

std::string joins_condition(const std::string& table) {
  if (table == "links")
    return link_condition();
  if (table == "annotation_links")
    return annotation_link_condition();
  if (table == "well_reagents")
    return ends_exist("well_id", "wells", false) + " and "
           + ends_exist("reagent_id", "reagents", false);
  return "true";
}

} // namespace troupe
