#include "schema/queries/original_tree.hpp"

#include "schema/queries/rows.hpp"
#include "storage/export/archive_names.hpp"
#include "storage/failure.hpp"
#include "storage/natural_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace troupe {

namespace {

/// A folder that stands for an object, or for those that are in none.
struct tree_branch {
  tree_entry entry;
  object_type type = object_type::project;
  int64_t id = 0; ///< 0: all that are in none
};

constexpr std::string_view branch_in_project = R"sql(exists (
  select from links as l
   where l.parent_id = :parent and l.child_id = c.id and l.kind = 1))sql";
constexpr std::string_view branch_in_no_project = R"sql(not exists (
  select from links as l
   where l.child_id = c.id and l.kind = 1))sql";

std::string folded_name(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return text;
}

/// Names that would be one get the object's id.
void make_unique(std::vector<tree_branch>& all) {
  std::map<std::string, int> uses;
  for (auto& b : all)
    ++uses[folded_name(b.entry.name)];
  std::set<std::string> taken;
  for (auto& b : all) {
    const auto number = fmt::format(" ({})", b.id);
    if (b.id != 0 && uses[folded_name(b.entry.name)] > 1)
      b.entry.name += number;
    while (!taken.insert(folded_name(b.entry.name)).second)
      b.entry.name += number;
  }
}

std::vector<tree_branch> read_branches(soci::session& sql, const browse_originals& q,
                                       object_type type, std::string_view condition,
                                       int64_t parent = 0) {
  const auto who = to_sql(q.who);
  soci::rowset<soci::row> rows = (sql.prepare << fmt::format(R"sql(
    select c.id, c.name, cast(extract(epoch from c.updated) as bigint) as changed
      from {} as c
     where visible(c.owner_id, c.group_id, cast(:who as viewer))
       and {}
     order by c.id)sql",
                                                             table_of(type), condition),
                                  soci::use(who, "who"), soci::use(parent, "parent"));
  std::vector<tree_branch> found;
  for (const auto& row : rows)
    found.push_back({{.name = exports::safe_part(text_of(row, "name")),
                      .changed = int64_of(row, "changed")},
                     type,
                     int64_of(row, "id")});
  return found;
}

tree_branch branch_of_all(const char* name, object_type type) {
  return {{.name = name}, type, 0};
}

std::vector<tree_branch> top_branches(soci::session& sql, const browse_originals& q) {
  std::vector<tree_branch> all{
    branch_of_all("Datasets without project", object_type::dataset),
    branch_of_all("Images without dataset", object_type::image),
    branch_of_all("Plates", object_type::plate)};
  auto projects = read_branches(sql, q, object_type::project, "true");
  all.insert(all.end(), projects.begin(), projects.end());
  make_unique(all);
  return all;
}

/// What is in a folder that holds no files yet.
std::vector<tree_branch> branches_in(soci::session& sql, const browse_originals& q,
                                     const tree_branch& parent) {
  auto all = parent.type == object_type::project
               ? read_branches(sql, q, object_type::dataset, branch_in_project, parent.id)
             : parent.type == object_type::dataset
               ? read_branches(sql, q, object_type::dataset, branch_in_no_project)
               : read_branches(sql, q, object_type::plate, "true");
  make_unique(all);
  return all;
}

[[noreturn]] void refuse_path(const browse_originals& q) {
  throw failure{errc::not_found, fmt::format("/{}", fmt::join(q.path, "/"))};
}

tree_branch branch_named(const std::vector<tree_branch>& all, const browse_originals& q,
                         size_t depth) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const tree_branch& b) {
    return b.entry.name == q.path[depth];
  });
  if (found == all.end())
    refuse_path(q);
  return *found;
}

tree_node node_of(tree_entry self, std::vector<tree_entry> entries) {
  std::sort(entries.begin(), entries.end(),
            [](auto& a, auto& b) { return natural_less(a.name, b.name); });
  return {std::move(self), std::move(entries)};
}

tree_node node_of(tree_entry self, const std::vector<tree_branch>& branches) {
  std::vector<tree_entry> entries;
  for (auto& b : branches)
    entries.push_back(b.entry);
  return node_of(std::move(self), std::move(entries));
}

std::vector<int64_t> images_without_dataset(soci::session& sql, const viewer& viewer) {
  const auto who = to_sql(viewer);
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select i.id
      from images as i
     where i.orphan and visible(i.owner_id, i.group_id, cast(:who as viewer))
     order by i.id)sql",
                                  soci::use(who, "who"));
  std::vector<int64_t> ids;
  for (const auto& row : rows)
    ids.push_back(int64_of(row, "id"));
  return ids;
}

std::vector<original_file> originals_of(soci::session& sql, const browse_originals& q,
                                        const tree_branch& branch) {
  list_originals wanted{.who = q.who, .policy = q.policy};
  if (branch.id != 0)
    wanted.objects = {{branch.type, branch.id}};
  else
    wanted.ids = images_without_dataset(sql, q.who);
  if (wanted.objects.empty() && wanted.ids.empty())
    return {};
  return run(sql, wanted).files;
}

/// Where each file is below its branch.
std::vector<std::string> paths_of(const std::vector<original_file>& files) {
  std::vector<exports::archive_member> members;
  for (auto& f : files)
    members.push_back({"", f.fileset, f.name});
  return exports::archive_names(members);
}

tree_entry file_entry(std::string name, const original_file& f) {
  const auto changed = f.modified_ns != 0 ? f.modified_ns / 1'000'000'000 : f.imported;
  return {std::move(name), false, f.bytes, changed, f};
}

/// What of a branch's files is at the rest of the path, from `depth` on.
tree_node node_among_files(soci::session& sql, const browse_originals& q,
                           const tree_branch& branch, size_t depth) {
  const auto files = originals_of(sql, q, branch);
  const auto paths = paths_of(files);
  const std::vector<std::string> rest(q.path.begin() + static_cast<std::ptrdiff_t>(depth),
                                      q.path.end());
  const auto wanted = fmt::format("{}", fmt::join(rest, "/"));
  const auto inside = wanted.empty() ? "" : wanted + '/';
  std::map<std::string, tree_entry> entries;
  for (size_t i = 0; i < files.size(); ++i) {
    if (paths[i] == wanted)
      return {file_entry(q.path.back(), files[i]), {}};
    if (!paths[i].starts_with(inside))
      continue;
    const auto name = paths[i].substr(inside.size());
    const auto slash = name.find('/');
    if (slash == name.npos)
      entries[name] = file_entry(name, files[i]);
    else
      entries[name.substr(0, slash)] = {.name = name.substr(0, slash),
                                        .changed = files[i].imported};
  }
  if (entries.empty() && !rest.empty())
    refuse_path(q);
  auto self = branch.entry;
  self.name = q.path.back();
  std::vector<tree_entry> all;
  for (auto& [name, entry] : entries)
    all.push_back(std::move(entry));
  return node_of(std::move(self), std::move(all));
}

} // namespace

tree_node run(soci::session& sql, const browse_originals& q) {
  const auto top = top_branches(sql, q);
  if (q.path.empty())
    return node_of(tree_entry{}, top);
  const auto first = branch_named(top, q, 0);
  if (first.type == object_type::image)
    return node_among_files(sql, q, first, 1);
  const auto inner = branches_in(sql, q, first);
  if (q.path.size() == 1)
    return node_of(first.entry, inner);
  return node_among_files(sql, q, branch_named(inner, q, 1), 2);
}

} // namespace troupe
