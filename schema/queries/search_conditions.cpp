#include "schema/queries/search_conditions.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe {

namespace {

/// A member of the term's object in :terms. The planner computes it, so that it knows
/// what is looked for.
std::string value(size_t term, std::string_view member) {
  return fmt::format("(cast(:terms as jsonb) -> {} ->> '{}')", term, member);
}
std::string number(size_t term, std::string_view member) {
  return fmt::format("cast({} as double precision)", value(term, member));
}

/// Of text that is to be found as it is by LIKE.
std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    if (c == '%' || c == '_' || c == '\\')
      out += '\\';
    out += c;
  }
  return out;
}

/// Keys are found by the index of pairs with these.
std::string path_of_key(const std::string& key) {
  return "$[*] ? (@.k == " + nlohmann::json(key).dump() + ")";
}

nlohmann::json to_json(const search_term& t) {
  nlohmann::json out{{"text", t.text}, {"key", t.key},     {"number", t.number},
                     {"from", t.from}, {"until", t.until}, {"id", t.id}};
  if (t.field == search_field::size) // indexes compare whole numbers
    out["number"] = static_cast<int64_t>(t.number);
  if (t.field == search_field::name)
    out["like"] = "%" + escaped(t.text) + "%";
  if (t.field == search_field::tag)
    out["like"] = escaped(t.text) + "%";
  if (t.field == search_field::pair) {
    out["path"] = path_of_key(t.key);
    const nlohmann::json wanted{{"k", t.key}, {"v", t.text}};
    out["pairs"] = nlohmann::json::array({wanted});
  }
  return out;
}

std::string query(const search_term& t, size_t n) {
  return fmt::format("search_query({}, {}, '{}')", value(n, "text"), t.prefix,
                     t.field == search_field::file ? "D" : "");
}

/// Tags and key-values are looked up through the links that attach them: they are right
/// at once, however many were attached.
std::string annotated(const std::string& condition) {
  return fmt::format(R"sql((d.kind, d.id) in (
        select l.kind, l.parent_id
          from annotations as a
          join annotation_links as l on l.child_id = a.id
         where {} and visible(a.owner_id, a.group_id, cast(:who as viewer))))sql",
                     condition);
}

std::string tag(const search_term& t, size_t n) {
  return annotated(
    fmt::format("a.kind = 1 and search_letters(a.text_value) {} search_letters({})",
                t.prefix ? "like" : "=", value(n, t.prefix ? "like" : "text")));
}

std::string pair(const search_term& t, size_t n) {
  if (t.comparison == "=")
    return annotated(fmt::format(
      "a.kind = 9 and a.pairs @> (cast(:terms as jsonb) -> {} -> 'pairs')", n));
  return annotated(fmt::format(R"sql(a.kind = 9 and a.pairs @? cast({} as jsonpath)
           and exists (select from jsonb_array_elements(a.pairs) as p
                        where p ->> 'k' = {} and number_or_null(p ->> 'v') {} {}))sql",
                               value(n, "path"), value(n, "key"), t.comparison,
                               number(n, "number")));
}

std::string rating(const search_term& t, size_t n) {
  return annotated(fmt::format(
    R"sql(a.kind = 5 and a.number_value {} {}
           and a.name_space_id = (select s.id from name_spaces as s
                                   where s.name = 'openmicroscopy.org/omero/insight/rating'))sql",
    t.comparison, number(n, "number")));
}

std::string owner(size_t n) {
  return fmt::format(R"sql(d.owner_id = any(array(
        select a.id from accounts as a
         where search_letters(a.login) = search_letters({0})
            or search_letters(a.name) = search_letters({0})
            or ({0} = 'me' and a.id = (cast(:who as viewer)).account))))sql",
                     value(n, "text"));
}

std::string group(size_t n) {
  return fmt::format(R"sql(d.group_id = any(array(
        select g.id from groups as g
         where search_letters(g.name) = search_letters({}))))sql",
                     value(n, "text"));
}

/// "ome-tiff" is the format OMETiff, and "tiff" a part of it.
std::string format(size_t n) {
  return fmt::format(R"sql((d.kind = 3 and exists (
        select from images as i
          join filesets as s on s.id = i.fileset_id
         where i.id = d.id
           and strpos(replace(search_words(s.format), ' ', ''),
                      replace(search_words({}), ' ', '')) > 0)))sql",
                     value(n, "text"));
}

std::string period(const search_term& t, size_t n, std::string_view column) {
  std::string out = t.from.empty() ? "true"
                                   : fmt::format("{} >= cast({} as timestamptz)", column,
                                                 value(n, "from"));
  if (!t.until.empty())
    out += fmt::format(" and {} < cast({} as timestamptz)", column, value(n, "until"));
  return out;
}

std::string size(const search_term& t, size_t n) {
  const auto what = t.key == "bytes" ? "(select sum(f.bytes) from files as f "
                                       "where f.fileset_id = i.fileset_id)"
                                     : "i.size_" + t.key;
  return fmt::format("(d.kind = 3 and exists (select from images as i "
                     "where i.id = d.id and {} {} {}))",
                     what, t.comparison,
                     fmt::format("cast({} as bigint)", value(n, "number")));
}

std::string kinds(const std::vector<object_type>& types) {
  std::string list;
  for (auto type : types)
    list += fmt::format("{}{}", list.empty() ? "" : ", ", static_cast<int>(type));
  return fmt::format("d.kind in ({})", list);
}

constexpr const char* children_of(object_type holder) {
  switch (holder) {
    case object_type::project:
      return R"sql(
        select cast(2 as smallint), l.child_id
          from links as l where l.kind = 1 and l.parent_id = {0}
        union all
        select cast(3 as smallint), i.child_id
          from links as l join links as i on i.parent_id = l.child_id and i.kind = 2
         where l.kind = 1 and l.parent_id = {0})sql";
    case object_type::dataset:
      return R"sql(
        select cast(3 as smallint), l.child_id
          from links as l where l.kind = 2 and l.parent_id = {0})sql";
    case object_type::screen:
      return R"sql(
        select cast(6 as smallint), l.child_id
          from links as l where l.kind = 3 and l.parent_id = {0}
        union all
        select cast(3 as smallint), f.image_id
          from links as l
          join wells as w on w.plate_id = l.child_id
          join fields as f on f.well_id = w.id
         where l.kind = 3 and l.parent_id = {0})sql";
    case object_type::plate:
      return R"sql(
        select cast(3 as smallint), f.image_id
          from wells as w join fields as f on f.well_id = w.id
         where w.plate_id = {0})sql";
    default:
      return R"sql(
        select cast(3 as smallint), l.child_id
          from links as l where l.kind = 4 and l.parent_id = {0}
        union all
        select cast(7 as smallint), f.id from folders as f where f.parent_id = {0})sql";
  }
}

std::string inside(const search_term& t, size_t n) {
  const auto id = fmt::format("cast({} as bigint)", value(n, "id"));
  return fmt::format("(d.kind, d.id) in ({})", contents_of(t.types.at(0), id));
}

std::string condition(const search_term& t, size_t n) {
  switch (t.field) {
    case search_field::words:
    case search_field::file: return "d.words @@ " + query(t, n);
    case search_field::name:
      return fmt::format("search_letters(d.name) like search_letters({})",
                         value(n, "like"));
    case search_field::tag: return tag(t, n);
    case search_field::pair: return pair(t, n);
    case search_field::size: return size(t, n);
    case search_field::rating: return rating(t, n);
    case search_field::owner: return owner(n);
    case search_field::group: return group(n);
    case search_field::format: return format(n);
    case search_field::created: return period(t, n, "d.created");
    case search_field::acquired: return period(t, n, "d.acquired");
    case search_field::type: return kinds(t.types);
    case search_field::inside: return inside(t, n);
  }
  return "false";
}

bool is_ranked(const search_term& t) {
  return !t.negated && (t.field == search_field::words || t.field == search_field::file);
}

} // namespace

std::string contents_of(object_type holder, std::string_view parent) {
  return fmt::format(fmt::runtime(children_of(holder)), parent);
}

search_conditions conditions_of(const std::vector<search_term>& terms,
                                const std::vector<object_type>& types) {
  search_conditions out{"visible(d.owner_id, d.group_id, cast(:who as viewer))", "", ""};
  auto values = nlohmann::json::array();
  std::string words;
  for (size_t n = 0; n < terms.size(); ++n) {
    const auto& t = terms[n];
    values.push_back(to_json(t));
    if (is_ranked(t))
      words += (words.empty() ? "" : " && ") + query(t, n);
    else
      out.matches +=
        "\n       and "
        + (t.negated ? "not coalesce(" + condition(t, n) + ", false)" : condition(t, n));
  }
  if (!types.empty())
    out.matches += "\n       and " + kinds(types);
  if (!words.empty())
    out.matches += fmt::format("\n       and d.words @@ ({})", words);
  out.rank = words.empty()
               ? ""
               : fmt::format("ts_rank(cast('{{0.1, 0.2, 0.4, 1}}' as real[]), "
                             "d.words, {})",
                             words);
  out.terms = values.dump();
  return out;
}

} // namespace troupe
