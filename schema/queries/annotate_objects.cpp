// Annotations put on objects, taken off, and ratings.

#include "schema/queries/annotation_links.hpp"
#include "schema/queries/annotation_values.hpp"
#include "schema/queries/audit.hpp"
#include "schema/queries/rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace troupe {

namespace {

constexpr size_t most_links = 1'000'000; ///< of one request

void check_count(size_t objects, size_t annotations) {
  if (annotations == 0)
    throw failure{errc::bad_request, "no annotation is named"};
  if (annotations > most_objects || objects * annotations > most_links)
    throw failure{errc::too_large,
                  fmt::format("at most {} links in one request", most_links)};
}

/// @returns the one group of the annotations.
/// @throws failure{not_found, conflict, bad_request}.
int64_t group_of(soci::session& sql, const viewer& who, const std::vector<int64_t>& ids) {
  const auto seen = seen_objects(sql, who, object_type::annotation, ids);
  for (auto id : ids)
    if (std::none_of(seen.begin(), seen.end(), [&](auto& a) { return a.id == id; }))
      throw failure{errc::not_found, fmt::format("annotation {}", id)};
  for (auto& a : seen)
    if (a.group != seen[0].group)
      throw failure{
        errc::conflict,
        fmt::format("annotations {} and {} are of different groups", seen[0].id, a.id)};
  const auto list = array_of(ids), rating = std::string{name_space::rating};
  int64_t rated = 0;
  sql << R"sql(
    select a.id
      from annotations as a
      join name_spaces as n on n.id = a.name_space_id
     where a.id = any(cast(:ids as bigint[])) and n.name = :rating
     limit 1)sql",
    soci::use(list, "ids"), soci::use(rating, "rating"), soci::into(rated);
  if (sql.got_data())
    throw failure{errc::bad_request,
                  fmt::format("annotation {} is somebody's rating of one object", rated)};
  return seen[0].group;
}

/// Links across groups are impossible; nothing is on itself.
void keep_fitting(allowed_objects& chosen, object_type type, int64_t group,
                  const std::vector<int64_t>& annotations) {
  auto why = [&](const seen_object& o) -> std::string {
    if (o.group != group)
      return fmt::format("{} {} is in another group", name_of(type), o.id);
    if (type == object_type::annotation
        && std::find(annotations.begin(), annotations.end(), o.id) != annotations.end())
      return fmt::format("annotation {} is not put on itself", o.id);
    return "";
  };
  for (auto& o : chosen.allowed)
    if (auto reason = why(o); !reason.empty())
      chosen.refused.push_back({o.id, errc::conflict, reason});
  std::erase_if(chosen.allowed, [&](auto& o) { return !why(o).empty(); });
}

/// @returns the ids of the new ones, in their order.
std::vector<int64_t> made(soci::session& sql, const viewer& who, int64_t group,
                          const std::vector<new_annotation>& fresh) {
  std::vector<int64_t> ids(fresh.size());
  std::vector<size_t> missing;
  auto rows = nlohmann::json::array();
  for (size_t i = 0; i < fresh.size(); ++i) {
    auto row = row_of(fresh[i], group);
    const bool plain_tag =
      fresh[i].kind == metadata::annotation_kind::tag && fresh[i].name_space.empty();
    if (plain_tag)
      ids[i] = tag_called(sql, who, group, fresh[i].value);
    if (ids[i] != 0)
      continue;
    rows.push_back(std::move(row));
    missing.push_back(i);
  }
  const auto inserted = insert_annotations(sql, who, std::move(rows));
  for (size_t i = 0; i < inserted.size(); ++i)
    ids[missing[i]] = inserted[i];
  if (!inserted.empty())
    note(
      sql, who,
      {audit_action::create, object_kind::of(object_type::annotation), inserted, group});
  return ids;
}

/// Deletes links. @returns the pairs that were there.
std::vector<annotation_link> cut(soci::session& sql, const unannotate_objects& q,
                                 const std::vector<seen_object>& seen) {
  std::vector<int64_t> all, edited;
  for (auto& o : seen) {
    all.push_back(o.id);
    if (o.may(right::edit) && !q.only_own)
      edited.push_back(o.id);
  }
  const auto parents = array_of(all), free = array_of(edited),
             children = array_of(q.annotations);
  const int kind = static_cast<int>(q.type);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    delete from annotation_links as l
     where l.kind = :kind and l.parent_id = any(cast(:parents as bigint[]))
       and l.child_id = any(cast(:children as bigint[]))
       and (l.owner_id = :owner or l.parent_id = any(cast(:free as bigint[])))
    returning l.parent_id, l.child_id)sql",
     soci::use(kind, "kind"), soci::use(parents, "parents"),
     soci::use(children, "children"), soci::use(q.who.account, "owner"),
     soci::use(free, "free"));
  std::vector<annotation_link> gone;
  for (const auto& row : rows)
    gone.push_back({int64_of(row, "parent_id"), int64_of(row, "child_id")});
  return gone;
}

/// Which of the objects still have one of the annotations.
std::set<int64_t> still_annotated(soci::session& sql, const unannotate_objects& q) {
  const auto parents = array_of(q.ids), children = array_of(q.annotations);
  const int kind = static_cast<int>(q.type);
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select distinct l.parent_id
      from annotation_links as l
     where l.kind = :kind and l.parent_id = any(cast(:parents as bigint[]))
       and l.child_id = any(cast(:children as bigint[])))sql",
                                  soci::use(kind, "kind"), soci::use(parents, "parents"),
                                  soci::use(children, "children"));
  std::set<int64_t> ids;
  for (const auto& row : rows)
    ids.insert(int64_of(row, "parent_id"));
  return ids;
}

/// Links of the viewer's own ratings, cut.
void unrate(soci::session& sql, const rate_objects& q, const std::vector<int64_t>& ids) {
  const auto parents = array_of(ids), rating = std::string{name_space::rating};
  const int kind = static_cast<int>(q.type);
  std::vector<int64_t> loose;
  {
    soci::rowset<soci::row> rows =
      (sql.prepare << R"sql(
    delete from annotation_links as l
     using annotations as a, name_spaces as n
     where l.kind = :kind and l.parent_id = any(cast(:parents as bigint[]))
       and l.owner_id = :owner and a.id = l.child_id and a.kind = 5
       and n.id = a.name_space_id and n.name = :rating
    returning l.child_id)sql",
       soci::use(kind, "kind"), soci::use(parents, "parents"),
       soci::use(q.who.account, "owner"), soci::use(rating, "rating"));
    for (const auto& row : rows)
      loose.push_back(int64_of(row, "child_id"));
  }
  drop_loose(sql, q.who, loose);
}

/// An annotation per object: each can be changed without the others.
void rate(soci::session& sql, const rate_objects& q,
          const std::vector<seen_object>& objects) {
  auto rows = nlohmann::json::array();
  for (auto& o : objects)
    rows.push_back({{"kind", static_cast<int>(metadata::annotation_kind::long_integer)},
                    {"group_id", o.group},
                    {"name_space", name_space::rating},
                    {"description", ""},
                    {"number_value", q.rating}});
  const auto made = insert_annotations(sql, q.who, std::move(rows));
  std::vector<annotation_link> links;
  for (size_t i = 0; i < made.size(); ++i)
    links.push_back({objects[i].id, made[i]});
  link_annotations(sql, q.who, q.type, links);
}

} // namespace

annotated_objects run(soci::session& sql, const annotate_objects& q) {
  require_author(q.who);
  check_count(q.ids.size(), q.annotations.size() + q.fresh.size());
  auto chosen = allowed(sql, q.who, q.type, q.ids, right::annotate, "annotate");
  auto group = q.annotations.empty() ? 0 : group_of(sql, q.who, q.annotations);
  if (group == 0 && !chosen.allowed.empty())
    group = chosen.allowed[0].group;
  keep_fitting(chosen, q.type, group, q.annotations);
  annotated_objects out{{chosen.ids(), std::move(chosen.refused)}, q.annotations};
  for (auto& what : q.fresh)
    row_of(what, group); // also when there is nothing to put it on
  if (out.objects.done.empty())
    return out;
  const auto fresh = made(sql, q.who, group, q.fresh);
  out.annotations.insert(out.annotations.end(), fresh.begin(), fresh.end());
  link_annotations(sql, q.who, q.type, out.objects.done, out.annotations);
  note(sql, q.who,
       {audit_action::link, object_kind::of(q.type), out.objects.done, group,
        annotated_detail(out.annotations)});
  return out;
}

batch_result run(soci::session& sql, const unannotate_objects& q) {
  require_author(q.who);
  check_count(q.ids.size(), q.annotations.size());
  // Seeing is enough here: what may be cut is up to each link.
  const auto seen = seen_objects(sql, q.who, q.type, q.ids);
  const auto gone = cut(sql, q, seen);
  std::set<int64_t> done, loose;
  for (auto& l : gone) {
    done.insert(l.object);
    loose.insert(l.annotation);
  }
  batch_result out{{done.begin(), done.end()}, {}};
  const auto left = still_annotated(sql, q);
  const std::set<int64_t> wanted{q.ids.begin(), q.ids.end()};
  for (auto id : wanted) {
    const bool visible =
      std::any_of(seen.begin(), seen.end(), [&](auto& o) { return o.id == id; });
    if (done.contains(id))
      continue;
    if (!visible)
      out.refused.push_back(
        {id, errc::not_found, fmt::format("{} {}", name_of(q.type), id)});
    else if (left.contains(id))
      out.refused.push_back(
        {id, errc::denied,
         fmt::format("somebody else annotated {} {}", name_of(q.type), id)});
    else
      out.refused.push_back(
        {id, errc::not_found,
         fmt::format("{} {} has none of these annotations", name_of(q.type), id)});
  }
  if (out.done.empty())
    return out;
  note(sql, q.who,
       {audit_action::unlink, object_kind::of(q.type), out.done, 0,
        annotated_detail({loose.begin(), loose.end()})});
  drop_loose(sql, q.who, {loose.begin(), loose.end()});
  return out;
}

batch_result run(soci::session& sql, const rate_objects& q) {
  require_author(q.who);
  if (q.rating < 0 || q.rating > 5)
    throw failure{errc::bad_request, "rating is not between 0 and 5"};
  auto chosen = allowed(sql, q.who, q.type, q.ids, right::annotate, "rate");
  batch_result out{chosen.ids(), std::move(chosen.refused)};
  if (out.done.empty())
    return out;
  unrate(sql, q, out.done);
  if (q.rating > 0)
    rate(sql, q, chosen.allowed);
  note(
    sql, q.who,
    {audit_action::change, object_kind::of(q.type), out.done, 0, {{"rating", q.rating}}});
  return out;
}

} // namespace troupe
