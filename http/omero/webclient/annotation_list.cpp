// api/annotations: what is on objects, link by link, and on what they are in.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/tree.hpp"
#include "http/omero/webclient/words.hpp"
#include "schema/queries/annotation_values.hpp"
#include "schema/queries/linked_annotations.hpp"

#include <algorithm>
#include <map>

namespace troupe::http::omero {

namespace {

using metadata::annotation_kind;

/// "ImageI", "PlateAcquisitionI".
std::string java_class(object_type type) {
  if (type == object_type::run)
    return "PlateAcquisitionI";
  auto word = std::string{name_of(type)};
  word.front() =
    static_cast<char>(std::toupper(static_cast<unsigned char>(word.front())));
  return word + "I";
}

/// RFC 3339 with microseconds, said without and with an offset.
std::string iso_of_rfc3339(const std::string& rfc3339) {
  return rfc3339.substr(0, 19) + "+00:00";
}

bool has_right(const json& rights, const char* word) {
  return std::find(rights.begin(), rights.end(), word) != rights.end();
}

json permissions_in(const json& rights) {
  return {{"canDelete", has_right(rights, "delete")},
          {"canAnnotate", has_right(rights, "annotate")},
          {"canLink", has_right(rights, "link")},
          {"canEdit", has_right(rights, "edit")}};
}

json file_in(const json& a) {
  const auto& f = a.at("file");
  return {{"id", a.at("attachment")},
          {"name", f.at("name")},
          {"size", f.at("bytes")},
          {"path", ""},
          {"mimetype", f.at("mime")}};
}

void put_value_of(json& out, annotation_kind kind, const json& a) {
  const auto& value = a.at("value");
  switch (kind) {
    case annotation_kind::tag:
    case annotation_kind::comment:
    case annotation_kind::xml: out["textValue"] = value; break;
    case annotation_kind::term: out["termValue"] = value; break;
    case annotation_kind::long_integer: out["longValue"] = value; break;
    case annotation_kind::floating: out["doubleValue"] = value; break;
    case annotation_kind::boolean: out["boolValue"] = value; break;
    case annotation_kind::timestamp:
      out["timeValue"] = iso_of_rfc3339(value.get<std::string>());
      break;
    case annotation_kind::map: {
      auto pairs = json::array();
      for (auto& pair : value)
        pairs.push_back(json::array({pair.at("k"), pair.at("v")}));
      out["values"] = std::move(pairs);
      break;
    }
    case annotation_kind::file:
      if (!a.at("file").is_null()) {
        out["file"] = file_in(a);
        out["permissions"]["canDownload"] = true;
      }
      break;
    case annotation_kind::list: break;
  }
}

json annotation_item(const json& a, object_type parent) {
  const auto kind = annotation_kind_named(a.at("kind").get<std::string>());
  const auto& link = a.at("link");
  const auto& description = a.at("description");
  json out{{"id", a.at("id")},
           {"class", std::string{metadata::name_of(kind)} + "I"},
           {"ns", a.at("namespace")},
           {"name", nullptr},
           {"description", description == "" ? json{} : description},
           {"owner", {{"id", a.at("owner").at("id")}}},
           {"date", iso_of_rfc3339(a.at("created").get<std::string>())},
           {"permissions", permissions_in(a.at("rights"))},
           {"link",
            {{"id", link.at("id")},
             {"owner", {{"id", link.at("owner")}}},
             {"date", iso_of_rfc3339(link.at("created").get<std::string>())},
             {"permissions", permissions_in(link.at("rights"))},
             {"parent",
              {{"id", link.at("parent")},
               {"class", java_class(parent)},
               {"name", link.at("name")}}}}}};
  put_value_of(out, kind, a);
  return out;
}

/// What the request wants of annotations, whatever they are on.
list_linked_annotations wanted_annotations(call& c) {
  using enum annotation_kind;
  list_linked_annotations q{.name_space = c.field("ns")};
  const auto type = c.field("type").value_or("");
  if (type == "tag")
    q.kinds = {tag};
  else if (type == "file")
    q.kinds = {file};
  else if (type == "comment")
    q.kinds = {comment};
  else if (type == "map")
    q.kinds = {map};
  else if (type == "rating") {
    q.kinds = {long_integer};
    q.ratings = true;
  } else if (type == "custom") {
    q.kinds = {xml, term, long_integer, floating, boolean, timestamp, list};
    q.ratings = false;
  } else if (!type.empty())
    throw failure{errc::bad_request,
                  "type: there is no kind '" + type.substr(0, 80) + "'"};
  return q;
}

/// Annotations of many objects, with everybody who wrote or linked them.
struct annotation_sheet {
  json items = json::array();
  std::map<int64_t, person_words> people;

  void add(call& c, list_linked_annotations q, object_type type,
           std::vector<int64_t> ids) {
    q.type = type;
    q.ids = std::move(ids);
    const auto found = c.ask(std::move(q));
    for (auto& item : found.items)
      items.push_back(annotation_item(json::parse(item), type));
    for (auto& p : found.people)
      people.emplace(p.id, p);
  }
  json experimenters() const {
    auto out = json::array();
    for (auto& [id, p] : people)
      out.push_back({{"id", id},
                     {"omeName", p.login},
                     {"firstName", p.first_name},
                     {"lastName", p.last_name}});
    return out;
  }
};

/// Which of the objects each ancestor covers, by class and id.
json lineage_of(const ancestors& all, object_type type, json lineage) {
  for (auto& a : all.items)
    lineage[java_class(a.type)][std::to_string(a.id)].push_back(
      {{"id", a.below}, {"class", java_class(type)}, {"name", a.name}});
  return lineage;
}

/// Annotations on what the objects are in.
json parents_of_annotated(call& c, const std::vector<named_objects>& objects,
                          const list_linked_annotations& q, annotation_sheet& sheet) {
  auto lineage = json::object();
  std::map<object_type, std::vector<int64_t>> above;
  for (auto& o : objects) {
    const auto all = c.ask(list_ancestors{.type = o.type, .ids = o.ids});
    lineage = lineage_of(all, o.type, std::move(lineage));
    for (auto& a : all.items)
      above[a.type].push_back(a.id);
  }
  annotation_sheet inherited{.people = std::move(sheet.people)};
  for (auto& [type, ids] : above)
    inherited.add(c, q, type, ids);
  sheet.people = std::move(inherited.people);
  return {{"annotations", std::move(inherited.items)}, {"lineage", std::move(lineage)}};
}

web_response annotation_list(call& c) {
  const auto objects = objects_named(c);
  auto q = wanted_annotations(c);
  const auto page = tree_page_of(c, 20'000);
  q.offset = page.offset;
  q.limit = page.limit;
  annotation_sheet sheet;
  for (auto& o : objects)
    sheet.add(c, q, o.type, o.ids);
  json body{{"annotations", std::move(sheet.items)}};
  if (c.flag("parents"))
    body["parents"] = parents_of_annotated(c, objects, q, sheet);
  body["experimenters"] = sheet.experimenters();
  return document(body);
}

} // namespace

const std::vector<route> webclient_annotation_list_routes = routes_of({
  tree_row("GET", "/webclient/api/annotations", annotation_list),
});

} // namespace troupe::http::omero
