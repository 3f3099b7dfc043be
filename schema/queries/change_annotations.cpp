// One annotation: made, found, changed; many deleted.

#include "schema/queries/annotation_json.hpp"
#include "schema/queries/annotation_links.hpp"
#include "schema/queries/annotation_values.hpp"
#include "schema/queries/audit.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

#include <set>

namespace troupe {

namespace {

using metadata::annotation_kind;
using nlohmann::json;

struct known_annotation {
  annotation_kind kind = annotation_kind::tag;
  int32_t version = 0;
  bool rating = false;
};

known_annotation known(soci::session& sql, int64_t id) {
  const auto rating = std::string{name_space::rating};
  int kind = 0, version = 0, rated = 0;
  sql << R"sql(
    select a.kind, a.version, cast(n.name is not distinct from :rating as integer)
      from annotations as a
      left join name_spaces as n on n.id = a.name_space_id
     where a.id = :id)sql",
    soci::use(rating, "rating"), soci::use(id, "id"), soci::into(kind),
    soci::into(version), soci::into(rated);
  return {static_cast<annotation_kind>(kind), version, rated != 0};
}

/// Only what is in the row changes: value columns, name_space, description.
void write(soci::session& sql, int64_t id, const json& changes) {
  const auto row = changes.dump();
  std::string wrong;
  sql << R"sql(
    insert into name_spaces (name)
    select x.name_space
      from json_to_record(cast(:row as json)) as x (name_space text)
     where x.name_space <> ''
        on conflict do nothing)sql",
    soci::use(row, "row");
  int written = 0;
  sql << R"sql(
    update annotations as a
       set text_value = case when x.value then x.text_value else a.text_value end,
           number_value = case when x.value then x.number_value else a.number_value end,
           time_value = case when x.value then timestamp_or_null(x.time)
                             else a.time_value end,
           pairs = case when x.value then x.pairs else a.pairs end,
           description = coalesce(x.description, a.description),
           name_space_id = case when x.name_space is null then a.name_space_id
                                else (select s.id from name_spaces as s
                                       where s.name = x.name_space) end,
           updated = now(),
           version = a.version + 1
      from json_to_record(cast(:row as json))
             as x (value boolean, text_value text, number_value numeric, time text,
                   pairs jsonb, description text, name_space text)
     where a.id = :id and (x.time is null or timestamp_or_null(x.time) is not null)
    returning 1)sql",
    soci::use(row, "row"), soci::use(id, "id"), soci::into(written);
  if (!sql.got_data())
    throw failure{errc::bad_request, "value: there is no such time"};
}

json changes_of(const change_annotation& q, annotation_kind kind) {
  auto row = json::object();
  if (q.value) {
    if (kind == annotation_kind::file || kind == annotation_kind::list)
      throw failure{errc::bad_request, "a file or a list has no value to change"};
    row = value_columns(kind, *q.value);
    row["value"] = true;
  }
  if (q.name_space) {
    check_name_space(*q.name_space);
    row["name_space"] = *q.name_space;
  }
  if (q.description) {
    check_text("description", *q.description);
    row["description"] = *q.description;
  }
  if (row.empty())
    throw failure{errc::bad_request, "value, namespace or description is missing"};
  return row;
}

/// Those somebody else put on an object the viewer may not edit.
std::set<int64_t> held_by_others(soci::session& sql, const viewer& viewer,
                                 const std::vector<int64_t>& annotations) {
  const auto ids = array_of(annotations), who = to_sql(viewer);
  soci::rowset<soci::row> rows =
    (sql.prepare << R"sql(
    select a.id
      from unnest(cast(:ids as bigint[])) as a (id)
     where exists (select from annotation_links as l
                     join objects as o on o.kind = l.kind and o.id = l.parent_id
                    where l.child_id = a.id and l.owner_id <> :account
                      and not editable(o.owner_id, o.group_id, cast(:who as viewer))))sql",
     soci::use(ids, "ids"), soci::use(viewer.account, "account"), soci::use(who, "who"));
  std::set<int64_t> held;
  for (const auto& row : rows)
    held.insert(int64_of(row, "id"));
  return held;
}

/// With the rows of files that no other annotation has; the bytes are a purge's.
void remove(soci::session& sql, const std::vector<int64_t>& annotations) {
  const auto ids = array_of(annotations);
  sql << R"sql(
    with gone as (
      delete from annotations where id = any(cast(:ids as bigint[]))
      returning id, attachment_id
    )
    delete from attachments as f
     using gone
     where f.id = gone.attachment_id
       and not exists (select from annotations as other
                        where other.attachment_id = f.id
                          and other.id <> all(cast(:ids as bigint[]))))sql",
    soci::use(ids, "ids");
}

int64_t group_for(soci::session& sql, const create_annotation& q) {
  if (q.targets.empty())
    return q.who.group;
  return require_right(sql, q.who, q.type, q.targets[0], right::annotate, "annotate")
    .group;
}

} // namespace

json_document run(soci::session& sql, const find_annotation& q) {
  require_seen(sql, q.who, object_type::annotation, q.annotation);
  const auto who = to_sql(q.who);
  json_document found;
  sql << fmt::format(R"sql(
    select cast(json_build_object({}) as text)
      from annotations as a {}
     where a.id = :id)sql",
                     annotation_fields, annotation_joins),
    soci::use(who, "who"), soci::use(q.annotation, "id"), soci::into(found.text);
  return found;
}

json_document run(soci::session& sql, const create_annotation& q) {
  require_author(q.who);
  const auto group = group_for(sql, q);
  const auto made = insert_annotations(sql, q.who, json::array({row_of(q.what, group)}));
  note(sql, q.who,
       {audit_action::create, object_kind::of(object_type::annotation), made, group});
  if (!q.targets.empty()) {
    const auto linked = run(sql, annotate_objects{.who = q.who,
                                                  .type = q.type,
                                                  .ids = q.targets,
                                                  .annotations = made,
                                                  .fresh = {}});
    if (auto& refused = linked.objects.refused; !refused.empty())
      throw failure{refused[0].why, refused[0].reason};
  }
  return run(sql, find_annotation{q.who, made[0]});
}

json_document run(soci::session& sql, const change_annotation& q) {
  require_right(sql, q.who, object_type::annotation, q.annotation, right::edit, "change");
  const auto now = known(sql, q.annotation);
  if (q.version && *q.version != now.version)
    throw failure{errc::conflict,
                  fmt::format("annotation {} has changed meanwhile", q.annotation)};
  if (now.rating)
    throw failure{errc::bad_request,
                  "ratings are given, not changed: see /api/v1/ratings"};
  const auto changes = changes_of(q, now.kind);
  write(sql, q.annotation, changes);
  note(sql, q.who,
       {audit_action::change,
        object_kind::of(object_type::annotation),
        {q.annotation},
        0,
        changes});
  return run(sql, find_annotation{q.who, q.annotation});
}

batch_result run(soci::session& sql, const delete_annotations& q) {
  auto chosen =
    allowed(sql, q.who, object_type::annotation, q.ids, right::remove, "delete");
  const auto held = held_by_others(sql, q.who, chosen.ids());
  for (auto id : held)
    chosen.refused.push_back(
      {id, errc::conflict,
       fmt::format("annotation {} is on objects that you may not edit", id)});
  std::erase_if(chosen.allowed, [&](auto& a) { return held.contains(a.id); });
  batch_result out{chosen.ids(), std::move(chosen.refused)};
  if (out.done.empty())
    return out;
  note(sql, q.who,
       {audit_action::deleted, object_kind::of(object_type::annotation), out.done});
  remove(sql, out.done);
  return out;
}

done run(soci::session&, const check_attachment& q) {
  require_author(q.who);
  check_name("name", q.name);
  check_text("mime", q.mime, 255);
  return {};
}

} // namespace troupe
