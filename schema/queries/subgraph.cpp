#include "schema/queries/subgraph.hpp"

#include "schema/queries/rows.hpp"
#include "schema/queries/subgraph_staying.hpp"

#include <fmt/format.h>

#include <array>

namespace troupe {

namespace {

constexpr const char* tables = R"sql(
    create temporary table going (
      kind     integer not null,
      id       bigint not null,
      owner_id bigint not null,
      group_id bigint not null,
      chosen   boolean not null default false,
      primary key (kind, id)
    ) on commit drop)sql";
/// Statements may name these.
struct planner {
  soci::session& sql;
  std::string who, ids, kept;
  int contents;
  const char* may; ///< the SQL function

  /// @returns how many rows it wrote.
  int64_t run(const std::string& statement) {
    soci::statement s =
      (sql.prepare << statement, soci::use(who, "who"), soci::use(ids, "ids"),
       soci::use(kept, "kept"), soci::use(contents, "contents"));
    s.execute(true);
    return s.get_affected_rows();
  }
  /// The tables are new: without figures the planner would take them for empty.
  void analyze() { sql << "analyze going"; }
};

const char* function_of(right r) {
  switch (r) {
    case right::move: return "movable";
    case right::give: return "givable";
    default: return "deletable";
  }
}

void choose(planner& p, object_type type) {
  const int kind = static_cast<int>(type);
  p.run(fmt::format(R"sql(
    insert into going (kind, id, owner_id, group_id, chosen)
    select {}, o.id, o.owner_id, o.group_id, true
      from {} as o
     where o.id = any(cast(:ids as bigint[])))sql",
                    kind, table_of(type)));
  if (type == object_type::fileset)
    p.run(R"sql(
    insert into going (kind, id, owner_id, group_id, chosen)
    select 3, i.id, i.owner_id, i.group_id, true
      from images as i
     where i.fileset_id = any(cast(:ids as bigint[])))sql");
  p.analyze();
}

/// Those that came along though the viewer may not.
void leave_denied(planner& p, int kind) {
  p.run(fmt::format(R"sql(
    with left_behind as (
      delete from going
       where kind = {} and not chosen
         and not {}(owner_id, group_id, cast(:who as viewer))
      returning kind, id
    )
    insert into staying (kind, id, chosen, why)
    select kind, id, false, {} from left_behind)sql",
                    kind, p.may, static_cast<int>(reason::denied)));
}

/// In no container that stays. Plates hold their images in another way.
constexpr const char* unheld_image = R"sql(
    not exists (
      select from links as held
       where held.child_id = c.id and held.kind in (2, 4)
         and not exists (select from going as h
                          where h.kind = case held.kind when 2 then 2 else 7 end
                            and h.id = held.parent_id)))sql";

/// @param link  kind of link from parent to child.
void add_children(planner& p, int link, int parent, int child, const char* table) {
  const std::string unheld = child == 3 ? std::string{unheld_image}
                                        : fmt::format(R"sql(
    not exists (
      select from links as held
       where held.child_id = c.id and held.kind = {}
         and not exists (select from going as h
                          where h.kind = {} and h.id = held.parent_id)))sql",
                                                      link, parent);
  const char* same_owner =
    std::string_view{p.may} == "givable" ? "and c.owner_id = g.owner_id" : "";
  p.run(fmt::format(R"sql(
    insert into going (kind, id, owner_id, group_id)
    select distinct {child}, c.id, c.owner_id, c.group_id
      from going as g
      join links as l on l.kind = {link} and l.parent_id = g.id
      join {table} as c on c.id = l.child_id
     where g.kind = {parent} {same_owner} and {unheld}
        on conflict do nothing)sql",
                    fmt::arg("child", child), fmt::arg("link", link),
                    fmt::arg("table", table), fmt::arg("parent", parent),
                    fmt::arg("same_owner", same_owner), fmt::arg("unheld", unheld)));
  leave_denied(p, child);
  p.analyze();
}

void add_folders(planner& p) {
  p.run(fmt::format(R"sql(
    with recursive below (id, owner_id, group_id) as (
      select f.id, f.owner_id, f.group_id
        from going as g
        join folders as f on f.parent_id = g.id
       where g.kind = 7 and {0}(f.owner_id, f.group_id, cast(:who as viewer))
      union
      select f.id, f.owner_id, f.group_id
        from below as b
        join folders as f on f.parent_id = b.id
       where {0}(f.owner_id, f.group_id, cast(:who as viewer))
    )
    insert into going (kind, id, owner_id, group_id)
    select 7, id, owner_id, group_id from below
        on conflict do nothing)sql",
                    p.may));
  p.run(fmt::format(R"sql(
    insert into staying (kind, id, chosen, why)
    select 7, f.id, false, {}
      from going as g
      join folders as f on f.parent_id = g.id
     where g.kind = 7
       and not exists (select from going as h where h.kind = 7 and h.id = f.id))sql",
                    static_cast<int>(reason::denied)));
}

void add_contents(planner& p) {
  add_folders(p);
  add_children(p, 1, 1, 2, "datasets");
  add_children(p, 3, 5, 6, "plates");
  add_children(p, 2, 2, 3, "images");
  add_children(p, 4, 7, 3, "images");
}

void add_images_of_plates(planner& p) {
  p.run(fmt::format(R"sql(
    insert into going (kind, id, owner_id, group_id)
    select distinct 3, c.id, c.owner_id, c.group_id
      from going as g
      join wells as w on w.plate_id = g.id
      join fields as f on f.well_id = w.id
      join images as c on c.id = f.image_id
     where g.kind = 6 and {}
        on conflict do nothing)sql",
                    unheld_image));
  leave_denied(p, 3);
  p.analyze();
}

// Each takes out what cannot go without what stays; that may hold back more.
constexpr std::array whole_rules{
  R"sql(
    with left_behind as (
      delete from going as g
       using fields as f, wells as w
       where g.kind = 3 and f.image_id = g.id and w.id = f.well_id
         and not exists (select from going as p where p.kind = 6 and p.id = w.plate_id)
      returning g.kind, g.id, g.chosen, w.plate_id as other
    )
    insert into staying (kind, id, chosen, why, other_kind, other)
    select kind, id, chosen, 2, 6, other from left_behind)sql",
  R"sql(
    with parts as (
      select i.fileset_id, count(*) as images
        from going as g
        join images as i on i.id = g.id
       where g.kind = 3
       group by i.fileset_id
    ), torn as (
      select p.fileset_id,
             (select o.id
                from images as o
               where o.fileset_id = p.fileset_id
                 and not exists (select from going as h where h.kind = 3 and h.id = o.id)
               limit 1) as other
        from parts as p
       where p.images < (select count(*) from images as o
                          where o.fileset_id = p.fileset_id)
    ), left_behind as (
      delete from going as g
       using images as i, torn as t
       where g.kind = 3 and i.id = g.id and t.fileset_id = i.fileset_id
      returning g.kind, g.id, g.chosen, t.other
    )
    insert into staying (kind, id, chosen, why, other_kind, other)
    select kind, id, chosen, 3, 3, other from left_behind)sql",
  R"sql(
    with left_behind as (
      delete from going as g
       using wells as w, fields as f
       where g.kind = 6 and w.plate_id = g.id and f.well_id = w.id
         and not exists (select from going as i where i.kind = 3 and i.id = f.image_id)
      returning g.kind, g.id, g.chosen, f.image_id as other
    )
    insert into staying (kind, id, chosen, why, other_kind, other)
    select kind, id, chosen, 4, 3, other from left_behind)sql",
  R"sql(
    with left_behind as (
      delete from going as g
       using images as i
       where g.kind = 9 and i.fileset_id = g.id
         and not exists (select from going as h where h.kind = 3 and h.id = i.id)
      returning g.kind, g.id, g.chosen, i.id as other
    )
    insert into staying (kind, id, chosen, why, other_kind, other)
    select kind, id, chosen, 4, 3, other from left_behind)sql",
};

void keep_whole(planner& p) {
  for (bool changed = true; changed;) {
    changed = false;
    for (auto rule : whole_rules)
      changed |= p.run(rule) > 0;
  }
}

// With every image of a fileset its files go; regions go with what they are drawn on.
constexpr std::array part_rules{
  R"sql(
    insert into going (kind, id, owner_id, group_id)
    select distinct 9, s.id, s.owner_id, s.group_id
      from going as g
      join images as i on i.id = g.id
      join filesets as s on s.id = i.fileset_id
     where g.kind = 3
        on conflict do nothing)sql",
  R"sql(
    insert into going (kind, id, owner_id, group_id)
    select 8, r.id, r.owner_id, r.group_id
      from going as g
      join rois as r on r.image_id = g.id
     where g.kind = 3
        on conflict do nothing)sql",
  R"sql(
    insert into going (kind, id, owner_id, group_id)
    select 8, r.id, r.owner_id, r.group_id
      from going as g
      join rois as r on r.fileset_id = g.id
     where g.kind = 9
        on conflict do nothing)sql",
};

/// What is a row of its own and has the rights of its whole.
struct part {
  object_type kind;
  const char* column; ///< names the whole
  object_type whole;
};
constexpr part parts[] = {{object_type::well, "plate_id", object_type::plate},
                          {object_type::run, "plate_id", object_type::plate},
                          {object_type::channel, "image_id", object_type::image},
                          {object_type::shape, "roi_id", object_type::roi},
                          {object_type::reagent, "screen_id", object_type::screen}};

void add_parts(planner& p) {
  for (auto rule : part_rules)
    p.run(rule);
  for (auto& x : parts)
    p.run(fmt::format(R"sql(
    insert into going (kind, id, owner_id, group_id)
    select {}, x.id, g.owner_id, g.group_id
      from going as g
      join {} as x on x.{} = g.id
     where g.kind = {})sql",
                      static_cast<int>(x.kind), table_of(x.kind), x.column,
                      static_cast<int>(x.whole)));
}

/// A tag on what the viewer may not delete stays, or others' work would change.
void keep_others_tags(planner& p) {
  p.run(R"sql(
    with left_behind as (
      delete from going as g
       using annotations as a, annotation_links as l, objects as o
       where g.kind = 4 and a.id = g.id and a.kind = 1 and l.child_id = g.id
         and o.kind = l.kind and o.id = l.parent_id
         and not deletable(o.owner_id, o.group_id, cast(:who as viewer))
      returning g.kind, g.id, g.chosen, o.kind as other_kind, o.id as other
    )
    insert into staying (kind, id, chosen, why, other_kind, other)
    select kind, id, chosen, 5, other_kind, other from left_behind)sql");
}

/// Annotations that are on nothing else. Tags and files go only with their owner's
/// things, what people wrote into maps only when they may; remarks and numbers always.
/// Tags of a tag set are its contents.
void add_annotations(planner& p) {
  const std::string map_rule =
    std::string_view{p.may} == "deletable"
      ? "deletable(a.owner_id, a.group_id, cast(:who as viewer))"
      : "true";
  p.sql << R"sql(
    create temporary table attached (
      child_id  bigint not null,
      owner_id  bigint not null, -- of what it is on
      kind      integer not null
    ) on commit drop)sql";
  p.analyze();
  for (bool more = true; more;) {
    p.sql << "delete from attached";
    // By kind, so that only that part of the links is read.
    for (int kind = 1; kind <= object_types; ++kind)
      p.run(fmt::format(R"sql(
    insert into attached (child_id, owner_id, kind)
    select l.child_id, g.owner_id, {0}
      from going as g
      join annotation_links as l on l.kind = {0} and l.parent_id = g.id
     where g.kind = {0})sql",
                        kind));
    p.sql << R"sql(
    insert into attached (child_id, owner_id, kind)
    select a.id, g.owner_id, 9
      from going as g
      join annotations as a on a.fileset_id = g.id
     where g.kind = 9)sql";
    p.sql << "analyze attached";
    more = p.run(fmt::format(R"sql(
    insert into going (kind, id, owner_id, group_id)
    select 4, a.id, a.owner_id, a.group_id
      from (select child_id, min(owner_id) as first_owner, max(owner_id) as last_owner,
                   bool_or(kind <> 4) as on_data
              from attached
             group by child_id) as x
      join annotations as a on a.id = x.child_id
     where a.kind <> all(cast(:kept as bigint[]))
       and (x.on_data or a.kind <> 1 or :contents = 1)
       and case when a.kind in (1, 10)
                then a.owner_id = x.first_owner and a.owner_id = x.last_owner
                when a.kind in (3, 9, 11) then {}
                else true end
       and not exists (
             select from annotation_links as held
              where held.child_id = a.id
                and not exists (select from going as h
                                 where h.kind = held.kind and h.id = held.parent_id))
        on conflict do nothing)sql",
                             map_rule))
           > 0;
  }
  p.run(R"sql(
    insert into going (kind, id, owner_id, group_id)
    select distinct 0, t.id, t.owner_id, t.group_id
      from going as g
      join annotations as a on a.id = g.id
      join attachments as t on t.id = a.attachment_id
     where g.kind = 4
       and not exists (
             select from annotations as held
              where held.attachment_id = t.id
                and not exists (select from going as h
                                 where h.kind = 4 and h.id = held.id)))sql");
}

const char* verb_of(right r) {
  switch (r) {
    case right::move: return "move";
    case right::give: return "give away";
    default: return "delete";
  }
}

} // namespace

std::vector<staying_object> gather(soci::session& sql, const subgraph& q) {
  if (q.who.author == 0)
    throw failure{errc::denied, "this account changes nothing"};
  if (q.type > object_type::fileset)
    throw failure{errc::bad_request,
                  fmt::format("a {} goes with what it is a part of", name_of(q.type))};
  const auto chosen = allowed(sql, q.who, q.type, q.ids, q.needed, verb_of(q.needed));
  sql << tables;
  start_staying(sql);
  planner p{sql,
            to_sql(q.who),
            array_of(chosen.ids()),
            array_of(q.kept_annotations),
            q.contents,
            function_of(q.needed)};
  choose(p, q.type);
  if (q.contents)
    add_contents(p);
  add_images_of_plates(p);
  keep_whole(p);
  if (q.type == object_type::annotation && q.needed == right::remove)
    keep_others_tags(p);
  add_parts(p);
  add_annotations(p);
  p.analyze();
  std::vector<staying_object> out;
  for (auto& refused : chosen.refused)
    out.push_back({q.type, refused, true});
  for (auto& more : read_staying(sql))
    out.push_back(more);
  return out;
}

} // namespace troupe
