// Rendering settings of images: one's own, the owner's, presets, pasted ones.

#include "http/arguments.hpp"
#include "http/batch_request.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "http/view_settings_json.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

web_response answer(const view_settings& s) {
  return document(json_of(s));
}

web_response settings(desk& d, web_request& in) {
  find_settings m{.image = id_in_path(in, "image")};
  if (auto as = in.argument("as"))
    m.as = choice_named(*as);
  return d.ask_session(in, m, answer);
}

web_response save(desk& d, web_request& in) {
  auto m = settings_in(json_of_body(in));
  m.image = id_in_path(in, "image");
  return d.ask_session(in, m, answer);
}

web_response reset(desk& d, web_request& in) {
  reset_settings m{.image = id_in_path(in, "image")};
  m.as = choice_named(text_field(json_of_body(in), "to"));
  return d.ask_session(in, m, answer);
}

web_response paste(desk& d, web_request& in) {
  auto objects = objects_in(json_of_body(in), object_type::image, "images");
  paste_settings m{.image = id_in_path(in, "image"),
                   .targets = std::move(objects.ids),
                   .chosen = std::move(objects.chosen)};
  if (flag(in, "background"))
    return begin_job(d, in, job_of(m, m.chosen));
  return d.ask_session(in, m,
                       [](const pasted_settings& s) { return document(json_of(s)); });
}

web_response reset_many(desk& d, web_request& in) {
  const auto body = json_of_body(in);
  return ask_many(d, in, reset_many_settings{.as = choice_named(text_field(body, "to"))},
                  objects_in(body, object_type::image, "images"),
                  [](const batch_result& r) { return encode(r); });
}

const parameter as{"as", "string",
                   "what a reset would save: imported, owner, minMax, fullRange, auto"};

} // namespace

const std::vector<route> view_settings_routes{
  {"GET",
   "/api/v1/images/{image}/settings",
   access::session,
   "How an image is shown to the asker",
   {as},
   "",
   200,
   "ViewSettings",
   settings},
  {"PUT",
   "/api/v1/images/{image}/settings",
   access::session,
   "Save settings of one's own",
   {},
   "NewViewSettings",
   200,
   "ViewSettings",
   save},
  {"POST",
   "/api/v1/images/{image}/settings/reset",
   access::session,
   "Save a preset as settings of one's own",
   {},
   "ResetViewSettings",
   200,
   "ViewSettings",
   reset},
  {"POST",
   "/api/v1/images/{image}/settings/paste",
   access::session,
   "Save an image's settings as one's own of other images",
   {background},
   "PasteViewSettings",
   200,
   "PastedViewSettings",
   paste},
  {"POST",
   "/api/v1/settings-resets",
   access::session,
   "Save a preset as settings of one's own of many images",
   {background},
   "ResetManySettings",
   200,
   "BatchResult",
   reset_many},
};

} // namespace troupe::http
