#include "schema/queries/tags.hpp"

#include "schema/queries/annotate.hpp"
#include "schema/queries/object_name.hpp"
#include "schema/queries/paging.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

/// For LIKE: what was typed has no wildcards.
std::string pattern_of(const std::string& search, bool prefix) {
  check_text("search", search, 255);
  std::string pattern = prefix ? "" : "%";
  for (char c : search) {
    if (c == '%' || c == '_' || c == '\\')
      pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

/// Everything a list of tags is bound to; SOCI binds by reference.
struct tag_scope {
  std::string who, pattern, set_name{name_space::tag_set};
  int64_t owner, in;
  int sets; ///< -1: both
  explicit tag_scope(const list_tags& q)
    : who{to_sql(q.who)},
      pattern{pattern_of(q.search, q.prefix)},
      owner{q.mine ? q.who.account : 0},
      in{q.in.value_or(0)},
      sets{q.sets ? *q.sets : -1} {}
};

// A prefix of the text, so that its key of a page is not too long.
constexpr std::string_view sort = "left(a.text_value, 200)";
constexpr std::string_view visible_tags = R"sql(
      from annotations as a
      left join name_spaces as n on n.id = a.name_space_id
     where a.kind = 1 and visible(a.owner_id, a.group_id, cast(:who as viewer))
       and lower(a.text_value) like lower(:pattern)
       and (a.owner_id = :owner or cast(:owner as bigint) = 0)
       and (:sets = -1 or (n.name is not distinct from :set_name) = (:sets = 1))
       and (cast(:set_id as bigint) = 0
            or exists (select from annotation_links as l
                        where l.kind = 4 and l.parent_id = :set_id and l.child_id = a.id)))sql";

int64_t count(soci::session& sql, const tag_scope& s) {
  int64_t total = 0;
  sql << fmt::format("select count(*) {}", visible_tags), soci::use(s.who, "who"),
    soci::use(s.pattern, "pattern"), soci::use(s.owner, "owner"),
    soci::use(s.sets, "sets"), soci::use(s.set_name, "set_name"),
    soci::use(s.in, "set_id"), soci::into(total);
  return total;
}

constexpr std::string_view tag_item = R"sql(json_build_object(
             'id', t.id, 'value', t.text_value, 'description', t.description,
             'namespace', t.name_space, 'set', t.is_set,
             'owner', json_build_object('id', w.id, 'login', w.login, 'name', w.name),
             'created', rfc3339(t.created), 'version', t.version,
             'uses', u.uses, 'mine', u.mine,
             'rights', right_names(rights_on(t.owner_id, t.group_id, cast(:who as viewer)))))sql";

} // namespace

page<json_item> run(soci::session& sql, const list_tags& q) {
  if (q.in)
    require_seen(sql, q.who, object_type::annotation, *q.in);
  const auto limit = limit_of(q.page);
  const auto from = position_of("tags", q.page);
  const auto after = from.value_or(list_position{});
  const tag_scope s{q};
  page<json_item> found;
  found.total = from ? from->total : count(sql, s);
  const auto rows_read = limit + 1;
  // Counted for the rows of the page only.
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    with t as materialized (
      select a.*, n.name as name_space, n.name is not distinct from :set_name as is_set,
             {sort} as sort {scope} {after}
       order by {sort} collate nat, a.id
       limit :limit
    )
    select t.id, t.sort, cast({item} as text) as item
      from t
      join accounts as w on w.id = t.owner_id
     cross join lateral (
       select count(*) as uses, count(*) filter (where l.owner_id = :account) as mine
         from annotation_links as l
        where (t.is_set and l.kind = 4 and l.parent_id = t.id)
           or (not t.is_set and l.kind <> 4 and l.child_id = t.id)) as u
     order by t.sort collate nat, t.id)sql",
       fmt::arg("sort", sort), fmt::arg("scope", visible_tags),
       fmt::arg("item", tag_item),
       fmt::arg("after", from ? fmt::format("and ({} collate nat, a.id) > "
                                            "(cast(:value as text) collate nat, :id)",
                                            sort)
                              : "")),
     soci::use(s.who, "who"), soci::use(s.pattern, "pattern"),
     soci::use(s.owner, "owner"), soci::use(s.sets, "sets"),
     soci::use(s.set_name, "set_name"), soci::use(s.in, "set_id"),
     soci::use(q.who.account, "account"), soci::use(after.value, "value"),
     soci::use(after.id, "id"), soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back(
      {int64_of(row, "id"), text_of(row, "sort"), text_of(row, "item")});
  end_page(found, limit, "tags", [](const json_item& x) { return x.sort; });
  return found;
}

json_document run(soci::session& sql, const list_keys& q) {
  const auto limit = limit_of({.limit = q.limit});
  const auto who = to_sql(q.who), pattern = pattern_of(q.search, q.prefix);
  json_document found;
  sql << R"sql(
    select cast(coalesce(json_agg(json_build_object('key', k.key, 'uses', k.uses)
                                  order by k.uses desc, k.key), '[]') as text)
      from (select a.key, sum(a.uses) as uses
              from annotation_keys as a
             where a.uses > 0 and lower(a.key) like lower(:pattern)
               and visible(a.owner_id, a.group_id, cast(:who as viewer))
             group by a.key
             order by uses desc, a.key
             limit :limit) as k)sql",
    soci::use(pattern, "pattern"), soci::use(who, "who"), soci::use(limit, "limit"),
    soci::into(found.text);
  found.text = R"({"items":)" + found.text + "}";
  return found;
}

page<json_item> run(soci::session& sql, const list_annotated& q) {
  require_seen(sql, q.who, object_type::annotation, q.annotation);
  const auto limit = limit_of(q.page);
  const auto list = fmt::format("annotated/{}/{}", q.annotation, name_of(q.type));
  const auto from = position_of(list, q.page);
  const auto after = from ? from->id : int64_t{0};
  const auto who = to_sql(q.who);
  const int kind = static_cast<int>(q.type);
  page<json_item> found;
  if (from)
    found.total = from->total;
  else // a link has the group of what it joins: most objects need not be read
    sql << R"sql(
    select count(distinct l.parent_id)
      from annotation_links as l
     where l.kind = :kind and l.child_id = :annotation
       and (sees_all(l.group_id, cast(:who as viewer))
            or exists (select from objects as o
                        where o.kind = :kind and o.id = l.parent_id
                          and visible(o.owner_id, o.group_id, cast(:who as viewer)))))sql",
      soci::use(kind, "kind"), soci::use(q.annotation, "annotation"),
      soci::use(who, "who"), soci::into(found.total);
  const auto rows_read = limit + 1;
  soci::rowset<soci::row> rows =
    (sql.prepare << fmt::format(
       R"sql(
    with page as materialized (
      select l.parent_id as id, o.owner_id
        from annotation_links as l
        join objects as o on o.kind = :kind and o.id = l.parent_id
       where l.kind = :kind and l.child_id = :annotation and l.parent_id > :after
         and visible(o.owner_id, o.group_id, cast(:who as viewer))
       group by l.parent_id, o.owner_id
       order by l.parent_id
       limit :limit
    )
    select p.id, cast(json_build_object(
             'type', '{type}', 'id', p.id, 'name', {name},
             'owner', json_build_object('id', w.id, 'login', w.login, 'name', w.name),
             'links', (
               select json_agg(json_build_object(
                        'by', json_build_object('id', b.id, 'login', b.login, 'name', b.name),
                        'at', rfc3339(l.created)) order by l.created, b.id)
                 from annotation_links as l
                 join accounts as b on b.id = l.owner_id
                where l.kind = :kind and l.parent_id = p.id
                  and l.child_id = :annotation)) as text) as item
      from page as p
      join {table} as x on x.id = p.id
      join accounts as w on w.id = p.owner_id
     order by p.id)sql",
       fmt::arg("type", name_of(q.type)), fmt::arg("name", object_name(q.type)),
       fmt::arg("table", table_of(q.type))),
     soci::use(kind, "kind"), soci::use(q.annotation, "annotation"),
     soci::use(who, "who"), soci::use(after, "after"), soci::use(rows_read, "limit"));
  for (const auto& row : rows)
    found.items.push_back({int64_of(row, "id"), "", text_of(row, "item")});
  end_page(found, limit, list, [](const json_item&) { return std::string{}; });
  return found;
}

} // namespace troupe
