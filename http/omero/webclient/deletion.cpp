// Objects deleted by forms of the pages: annotations at once, all else by jobs.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/actions.hpp"
#include "http/omero/webclient/activities.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "http/omero/webclient/words.hpp"
#include "schema/queries/annotate.hpp"
#include "schema/queries/job_acts.hpp"
#include "schema/queries/owned_objects.hpp"

namespace troupe::http::omero {

namespace {

/// Contents only with `child`, what others could use too only with `anns`.
delete_objects deletion_of(call& c, const named_objects& objects) {
  return {.type = objects.type,
          .ids = objects.ids,
          .contents = c.flag("child"),
          .confirmed = true,
          .keep = c.flag("anns") ? std::vector<std::string>{}
                                 : std::vector<std::string>{"tag", "file", "term"},
          .days = c.house.config.trash_days};
}

void begin_deletion(call& c, const named_objects& objects, bool many) {
  c.ask(list_owned_objects{.type = objects.type, .ids = objects.ids});
  json told{{"job_type", "delete"},           {"job_name", "Delete"}, {"delmany", many},
            {"dtype", word_of(objects.type)}, {"dreport", nullptr},   {"error", 0}};
  told["did"] = many ? json(objects.ids) : json(objects.ids.front());
  begin_activity(c, job_of(deletion_of(c, objects), std::nullopt), std::move(told));
}

void delete_named(call& c, const named_objects& objects, bool many) {
  if (objects.type == object_type::annotation)
    require_all(c.ask(delete_annotations{.ids = objects.ids}));
  else
    begin_deletion(c, objects, many);
}

web_response delete_one(call& c) {
  const auto o = object_acted_on(c);
  delete_named(c, {o.type, {o.id}}, false);
  return well_done();
}

web_response delete_many(call& c) {
  auto objects = objects_named(c);
  if (const auto tags = c.ids("tag"); !tags.empty())
    objects.push_back({object_type::annotation, tags});
  if (objects.empty())
    throw failure{errc::bad_request, "no objects are named: image=, dataset= ..."};
  for (auto& o : objects)
    delete_named(c, o, true);
  return well_done();
}

} // namespace

const std::vector<route> webclient_deletion_routes = routes_of({
  error_row("POST", "/webclient/action/delete/{type}/{id}", delete_one),
  error_row("POST", "/webclient/action/deletemany", delete_many),
});

} // namespace troupe::http::omero
