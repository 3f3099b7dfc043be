// The shapes of annotating: what is sent, tags, keys, tables.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

const json value{{"description", "text, number, truth, or a list of {k, v}"}};

json annotation_kind() {
  return {{"type", "string"},
          {"enum",
           {"tag", "comment", "xml", "term", "long", "double", "boolean", "timestamp",
            "map", "file", "list"}}};
}

json right_names() {
  return array_of({{"type", "string"},
                   {"enum", {"annotate", "edit", "link", "delete", "move", "give"}}});
}

json annotation_properties() {
  auto file =
    object({{"name", text}, {"mime", text}, {"bytes", integer}, {"sha256", text}});
  return {{"id", integer},
          {"kind", annotation_kind()},
          {"namespace", nullable(text)},
          {"description", text},
          {"value", value},
          {"file", nullable(file)},
          {"owner", ref("Person")},
          {"created", time_text},
          {"updated", time_text},
          {"version", integer},
          {"rights", right_names()}};
}

/// As it is on an object.
json linked_annotation() {
  auto p = annotation_properties();
  p["on"] = array_of(object({{"kind", text}, {"id", integer}}));
  p["links"] = array_of(
    object({{"kind", text}, {"id", integer}, {"by", ref("Person")}, {"at", time_text}}));
  return object(p);
}

json new_annotation(bool with_targets) {
  json p{{"kind", annotation_kind()},
         {"value", value},
         {"namespace", text},
         {"description", text}};
  if (with_targets)
    p["on"] = about_many({{"type", ref("ObjectType")}});
  return object(p, {"value", "namespace", "description", "on"});
}

json tag() {
  return object({{"id", integer},
                 {"value", text},
                 {"description", text},
                 {"namespace", nullable(text)},
                 {"set", boolean},
                 {"owner", ref("Person")},
                 {"created", time_text},
                 {"version", integer},
                 {"uses", integer},
                 {"mine", integer},
                 {"rights", right_names()}});
}

json refusals() {
  return array_of(object({{"id", integer}, {"reason", text}, {"error", text}}));
}

json table_match() {
  json status{{"type", "string"}, {"enum", {"match", "ambiguous", "missing", "denied"}}};
  auto row = object({{"line", integer},
                     {"name", text},
                     {"status", status},
                     {"ids", array_of(integer)},
                     {"pairs", integer},
                     {"tags", array_of(text)}});
  return object({{"separator", text},
                 {"of", ref("ObjectType")},
                 {"column", text},
                 {"keys", array_of(text)},
                 {"tags", array_of(text)},
                 {"counts", object({{"match", integer},
                                    {"ambiguous", integer},
                                    {"missing", integer},
                                    {"denied", integer}})},
                 {"rows", array_of(row)},
                 {"annotations", array_of(integer)}});
}

} // namespace

json annotation_schemas() {
  const auto ids = array_of(integer);
  return {
    {"Annotation", linked_annotation()},
    {"Annotations", object({{"items", array_of(ref("Annotation"))}})},
    {"SingleAnnotation", object(annotation_properties())},
    {"NewAnnotation", new_annotation(true)},
    {"AnnotationChange", object({{"value", value},
                                 {"namespace", text},
                                 {"description", text},
                                 {"version", integer}},
                                {"value", "namespace", "description", "version"})},
    {"AnnotationIds", object({{"ids", ids}})},
    {"AnnotationLinks", about_many({{"type", ref("ObjectType")},
                                    {"annotations", ids},
                                    {"new", array_of(new_annotation(false))}},
                                   {"annotations", "new"})},
    {"AnnotatedObjects",
     object({{"done", ids}, {"refused", refusals()}, {"annotations", ids}})},
    {"AnnotationUnlinks",
     about_many({{"type", ref("ObjectType")}, {"annotations", ids}, {"onlyOwn", boolean}},
                {"onlyOwn"})},
    {"Ratings", about_many({{"type", ref("ObjectType")}, {"rating", integer}})},
    {"Tag", tag()},
    {"TagList", list_of("Tag")},
    {"Keys", object({{"items", array_of(object({{"key", text}, {"uses", integer}}))}})},
    {"Annotated",
     object({{"type", ref("ObjectType")},
             {"id", integer},
             {"name", text},
             {"owner", ref("Person")},
             {"links", array_of(object({{"by", ref("Person")}, {"at", time_text}}))}})},
    {"AnnotatedList", list_of("Annotated")},
    {"TableMatch", table_match()},
  };
}

} // namespace troupe::http
