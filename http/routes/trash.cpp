// Deleting with a preview, and taking it back.

#include "schema/queries/trash.hpp"
#include "http/arguments.hpp"
#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

web_response erase(desk& d, web_request& in) {
  const auto body = json_of_body(in, 4 << 20);
  delete_objects m{.type = object_type_named(text_field(body, "type")),
                   .ids = {},
                   .preview = flag_if(body, "preview").value_or(false),
                   .contents = flag_if(body, "contents").value_or(false),
                   .confirmed = flag_if(body, "confirm").value_or(false),
                   .keep = texts_if(body, "keep").value_or(std::vector<std::string>{}),
                   .days = d.config.trash_days};
  return ask_many(d, in, m, objects_in(body, m.type), [](auto& x) { return encode(x); });
}

web_response list(desk& d, web_request& in) {
  return d.ask_catalogue(in, list_trash{.page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response restore(desk& d, web_request& in) {
  return d.ask_catalogue(in, restore_trash{.trash = id_in_path(in, "trash")},
                         [](auto& x) { return encode(x); });
}

web_response purge(desk& d, web_request& in) {
  return d.ask_catalogue(in, purge_trash{.trash = id_in_path(in, "trash")},
                         [](auto& x) { return encode(x); });
}

} // namespace

const std::vector<route> trash_routes{
  {"POST",
   "/api/v1/deletions",
   access::session,
   "Delete objects with what is part of them, or preview it",
   {background},
   "NewDeletion",
   200,
   "Deletion",
   erase},
  {"GET",
   "/api/v1/trash",
   access::session,
   "Deletions that can be taken back, the newest first",
   {after, limit},
   "",
   200,
   "TrashList",
   list},
  {"POST",
   "/api/v1/trash/{trash}/restore",
   access::session,
   "Take a deletion back",
   {},
   "",
   200,
   "Restored",
   restore},
  {"DELETE",
   "/api/v1/trash/{trash}",
   access::session,
   "End a deletion's time now: it cannot be taken back",
   {},
   "",
   204,
   "",
   purge},
};

} // namespace troupe::http
