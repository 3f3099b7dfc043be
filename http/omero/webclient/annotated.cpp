#include "http/omero/webclient/annotated.hpp"

#include "http/omero/webclient/batches.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe::http::omero {

std::vector<named_objects> required_objects(call& c) {
  auto objects = objects_named(c);
  if (objects.empty())
    throw failure{errc::bad_request, "no objects are named: image=, dataset= ..."};
  return objects;
}

int64_t annotate_all(call& c, const std::vector<named_objects>& objects,
                     const new_annotation& what) {
  const auto& first = objects.front();
  const auto made =
    c.ask(create_annotation{.what = what, .type = first.type, .targets = first.ids});
  const int64_t id = json::parse(made.text).at("id");
  put_on_all(c, {objects.begin() + 1, objects.end()}, {id});
  return id;
}

void put_on_all(call& c, const std::vector<named_objects>& objects,
                const std::vector<int64_t>& annotations) {
  for (auto& o : objects)
    require_all(
      c.ask(annotate_objects{.type = o.type, .ids = o.ids, .annotations = annotations})
        .objects);
}

} // namespace troupe::http::omero
