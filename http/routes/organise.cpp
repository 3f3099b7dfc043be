// Containers made, renamed, filled and emptied; where things are.

#include "schema/queries/organise.hpp"
#include "http/arguments.hpp"
#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/object_path.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

web_response made(const json_document& x) {
  auto out = encode(x);
  out.status = 201;
  return out;
}

web_response create_one(desk& d, web_request& in) {
  auto body = json_of_body(in);
  create_container m{.type = type_in_path(in),
                     .name = text_field(body, "name"),
                     .description = text_field_or(body, "description", ""),
                     .parent = integer_if(body, "parent")};
  return d.ask_catalogue(in, m, made);
}

web_response folders(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_folders{.page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response folders_in_folder(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_folders{.parent = id_in_path(in, "folder"), .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

web_response rois_in_folder(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_rois{.folder = id_in_path(in, "folder"), .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

web_response find_one_container(desk& d, web_request& in) {
  const auto [type, id] = object_in_path(in);
  return d.ask_catalogue(in, find_container{.type = type, .id = id},
                         [](auto& x) { return encode(x); });
}

change_objects change_in(const json& body) {
  change_objects m{.name = text_if(body, "name"),
                   .description = text_if(body, "description")};
  m.version = short_integer_if(body, "version");
  return m;
}

/// One object: what is refused is the request's own refusal.
web_response change_one(desk& d, web_request& in) {
  auto m = change_in(json_of_body(in));
  const auto [type, id] = object_in_path(in);
  m.type = type;
  m.ids = {id};
  return d.ask_catalogue(in, m, [](const batch_result& r) {
    if (!r.refused.empty())
      throw failure{r.refused[0].why, r.refused[0].reason};
    return encode(done{});
  });
}

web_response change_many(desk& d, web_request& in) {
  auto body = json_of_body(in, 4 << 20);
  auto m = change_in(body);
  m.type = object_type_named(text_field(body, "type"));
  return ask_many(d, in, m, objects_in(body, m.type), [](auto& r) { return encode(r); });
}

web_response link(desk& d, web_request& in) {
  auto body = json_of_body(in, 4 << 20);
  const auto parent = object_field(body, "parent");
  link_objects m{.parent_type = parent.type,
                 .child_type = object_type_named(text_field(body, "type")),
                 .parent = parent.id,
                 .from = integer_if(body, "from"),
                 .children = {}};
  return ask_many(d, in, m, objects_in(body, m.child_type),
                  [](auto& r) { return encode(r); });
}

web_response unlink(desk& d, web_request& in) {
  auto body = json_of_body(in, 4 << 20);
  const auto parent = object_field(body, "parent");
  unlink_objects m{.parent_type = parent.type,
                   .child_type = object_type_named(text_field(body, "type")),
                   .parent = parent.id,
                   .children = {}};
  return ask_many(d, in, m, objects_in(body, m.child_type),
                  [](auto& r) { return encode(r); });
}

web_response places(desk& d, web_request& in) {
  const auto [type, id] = object_in_path(in);
  return d.ask_catalogue(in, find_places{.type = type, .id = id},
                         [](auto& x) { return encode(x); });
}

route change_row(const char* pattern) {
  return {"PATCH", pattern, access::session, "Rename or describe", {}, "Words",
          204,     "",      change_one};
}
route places_row(const char* pattern) {
  return {"GET", pattern,  access::session, "Every way to it from the top", {}, "",
          200,   "Places", places};
}

} // namespace

const std::vector<route> organise_routes{
  {"POST",
   "/api/v1/screens",
   access::session,
   "Make a screen",
   {},
   "NewContainer",
   201,
   "Container",
   create_one},
  {"GET",
   "/api/v1/screens/{screen}",
   access::session,
   "One screen",
   {},
   "",
   200,
   "Container",
   find_one_container},
  {"GET",
   "/api/v1/folders",
   access::session,
   "Folders that are in no folder",
   {after, limit},
   "",
   200,
   "FolderList",
   folders},
  {"POST",
   "/api/v1/folders",
   access::session,
   "Make a folder",
   {},
   "NewContainer",
   201,
   "Container",
   create_one},
  {"GET",
   "/api/v1/folders/{folder}",
   access::session,
   "One folder",
   {},
   "",
   200,
   "Container",
   find_one_container},
  {"GET",
   "/api/v1/folders/{folder}/folders",
   access::session,
   "Folders in a folder",
   {after, limit},
   "",
   200,
   "FolderList",
   folders_in_folder},
  {"GET",
   "/api/v1/folders/{folder}/rois",
   access::session,
   "Regions in a folder",
   {after, limit},
   "",
   200,
   "RoiList",
   rois_in_folder},
  change_row("/api/v1/projects/{project}"),
  change_row("/api/v1/datasets/{dataset}"),
  change_row("/api/v1/images/{image}"),
  change_row("/api/v1/screens/{screen}"),
  change_row("/api/v1/plates/{plate}"),
  change_row("/api/v1/runs/{run}"),
  change_row("/api/v1/folders/{folder}"),
  places_row("/api/v1/datasets/{dataset}/places"),
  places_row("/api/v1/images/{image}/places"),
  places_row("/api/v1/plates/{plate}/places"),
  places_row("/api/v1/runs/{run}/places"),
  places_row("/api/v1/wells/{well}/places"),
  places_row("/api/v1/rois/{roi}/places"),
  places_row("/api/v1/folders/{folder}/places"),
  {"POST",
   "/api/v1/changes",
   access::session,
   "Rename or describe many objects",
   {background},
   "Changes",
   200,
   "BatchResult",
   change_many},
  {"POST",
   "/api/v1/links",
   access::session,
   "Put objects into a container, and with `from` out of another",
   {background},
   "Links",
   200,
   "BatchResult",
   link},
  {"POST",
   "/api/v1/unlinks",
   access::session,
   "Take objects out of a container",
   {background},
   "Unlinks",
   200,
   "BatchResult",
   unlink},
};

} // namespace troupe::http
