// Annotations made, changed, put on objects and taken off; what is on an object.

#include "http/arguments.hpp"
#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/object_path.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/annotate.hpp"
#include "schema/queries/annotation_values.hpp"

namespace troupe::http {

namespace {

constexpr size_t most_body = 8 << 20;

web_response on_object(desk& d, web_request& in) {
  const auto [type, id] = object_in_path(in);
  return d.ask_catalogue(in, list_annotations{.type = type, .id = id},
                         [](auto& x) { return encode(x); });
}

new_annotation annotation_in(const json& body) {
  const auto value = body.find("value");
  return {.kind = annotation_kind_named(text_field(body, "kind")),
          .value = value == body.end() ? json{} : *value,
          .name_space = text_field_or(body, "namespace", ""),
          .description = text_field_or(body, "description", ""),
          .file = {}};
}

/// Fields that are lists of ids and may be absent.
std::vector<int64_t> ids_if(const json& body, const char* name) {
  return body.contains(name) ? ids_field(body, name) : std::vector<int64_t>{};
}

web_response create(desk& d, web_request& in) {
  const auto body = json_of_body(in, most_body);
  create_annotation m{.what = annotation_in(body)};
  std::optional<selection> chosen;
  if (auto on = body.find("on"); on != body.end() && !on->is_null()) {
    if (!on->is_object())
      throw failure{errc::bad_request, "on must be {type, ids}"};
    m.type = object_type_named(text_field(*on, "type"));
    auto objects = objects_in(*on, m.type);
    m.targets = std::move(objects.ids);
    chosen = std::move(objects.chosen);
  }
  return d.ask_catalogue(in, selected{m, chosen}, [](const json_document& x) {
    auto out = encode(x);
    out.status = 201;
    return out;
  });
}

web_response find_one(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_annotation{.annotation = id_in_path(in, "annotation")},
                         [](auto& x) { return encode(x); });
}

web_response change(desk& d, web_request& in) {
  const auto body = json_of_body(in, most_body);
  change_annotation m{.annotation = id_in_path(in, "annotation"),
                      .name_space = text_if(body, "namespace"),
                      .description = text_if(body, "description")};
  if (auto value = body.find("value"); value != body.end())
    m.value = *value;
  m.version = short_integer_if(body, "version");
  return d.ask_catalogue(in, m, [](auto& x) { return encode(x); });
}

web_response remove_one(desk& d, web_request& in) {
  return d.ask_catalogue(in, delete_annotations{.ids = {id_in_path(in, "annotation")}},
                         [](const batch_result& r) {
                           if (!r.refused.empty())
                             throw failure{r.refused[0].why, r.refused[0].reason};
                           return encode(done{});
                         });
}

web_response remove_many(desk& d, web_request& in) {
  const auto body = json_of_body(in, most_body);
  return ask_many(d, in, delete_annotations{}, {ids_field(body, "ids"), {}},
                  [](const batch_result& r) { return encode(r); });
}

web_response annotate(desk& d, web_request& in) {
  const auto body = json_of_body(in, most_body);
  annotate_objects m{.type = object_type_named(text_field(body, "type")),
                     .ids = {},
                     .annotations = ids_if(body, "annotations")};
  if (auto fresh = body.find("new"); fresh != body.end() && !fresh->is_null()) {
    if (!fresh->is_array())
      throw failure{errc::bad_request, "new must be a list of annotations"};
    for (auto& one : *fresh) {
      if (!one.is_object())
        throw failure{errc::bad_request, "new must be a list of annotations"};
      m.fresh.push_back(annotation_in(one));
    }
  }
  return ask_many(d, in, m, objects_in(body, m.type), [](const annotated_objects& x) {
    auto body = json::parse(encode(x.objects).text);
    body["annotations"] = x.annotations;
    return document(body);
  });
}

web_response unannotate(desk& d, web_request& in) {
  const auto body = json_of_body(in, most_body);
  unannotate_objects m{.type = object_type_named(text_field(body, "type")),
                       .ids = {},
                       .annotations = ids_field(body, "annotations"),
                       .only_own = flag_if(body, "onlyOwn").value_or(false)};
  return ask_many(d, in, m, objects_in(body, m.type),
                  [](const batch_result& r) { return encode(r); });
}

web_response rate(desk& d, web_request& in) {
  const auto body = json_of_body(in, most_body);
  const auto rating = integer_if(body, "rating");
  if (!rating || *rating < 0 || *rating > 5)
    throw failure{errc::bad_request, "rating is not between 0 and 5"};
  rate_objects m{.type = object_type_named(text_field(body, "type")),
                 .ids = {},
                 .rating = static_cast<int32_t>(*rating)};
  return ask_many(d, in, m, objects_in(body, m.type),
                  [](const batch_result& r) { return encode(r); });
}

route on_object_row(const char* pattern) {
  return {
    "GET", pattern,       access::session, "Annotations, and who put them there", {}, "",
    200,   "Annotations", on_object};
}

} // namespace

const std::vector<route> annotation_routes{
  on_object_row("/api/v1/projects/{project}/annotations"),
  on_object_row("/api/v1/datasets/{dataset}/annotations"),
  on_object_row("/api/v1/images/{image}/annotations"),
  on_object_row("/api/v1/screens/{screen}/annotations"),
  on_object_row("/api/v1/plates/{plate}/annotations"),
  on_object_row("/api/v1/runs/{run}/annotations"),
  on_object_row("/api/v1/wells/{well}/annotations"),
  on_object_row("/api/v1/folders/{folder}/annotations"),
  on_object_row("/api/v1/filesets/{fileset}/annotations"),
  on_object_row("/api/v1/rois/{roi}/annotations"),
  on_object_row("/api/v1/shapes/{shape}/annotations"),
  on_object_row("/api/v1/channels/{channel}/annotations"),
  on_object_row("/api/v1/reagents/{reagent}/annotations"),
  on_object_row("/api/v1/annotations/{annotation}/annotations"),
  {"POST",
   "/api/v1/annotations",
   access::session,
   "Make an annotation, and put it on objects",
   {},
   "NewAnnotation",
   201,
   "SingleAnnotation",
   create},
  {"GET",
   "/api/v1/annotations/{annotation}",
   access::session,
   "One annotation",
   {},
   "",
   200,
   "SingleAnnotation",
   find_one},
  {"PATCH",
   "/api/v1/annotations/{annotation}",
   access::session,
   "Change value, namespace or description",
   {},
   "AnnotationChange",
   200,
   "SingleAnnotation",
   change},
  {"DELETE",
   "/api/v1/annotations/{annotation}",
   access::session,
   "Delete an annotation with its links",
   {},
   "",
   204,
   "",
   remove_one},
  {"POST",
   "/api/v1/annotation-deletions",
   access::session,
   "Delete many annotations",
   {background},
   "AnnotationIds",
   200,
   "BatchResult",
   remove_many},
  {"POST",
   "/api/v1/annotation-links",
   access::session,
   "Put annotations, existing and new, on many objects",
   {background},
   "AnnotationLinks",
   200,
   "AnnotatedObjects",
   annotate},
  {"POST",
   "/api/v1/annotation-unlinks",
   access::session,
   "Take annotations off many objects",
   {background},
   "AnnotationUnlinks",
   200,
   "BatchResult",
   unannotate},
  {"POST",
   "/api/v1/ratings",
   access::session,
   "Rate objects, 0 takes one's rating away",
   {background},
   "Ratings",
   200,
   "BatchResult",
   rate},
};

} // namespace troupe::http
