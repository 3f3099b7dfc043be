// Files sent to be attached.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/error_response.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/annotate.hpp"
#include "storage/files/attachment_writer.hpp"

namespace troupe::http {

namespace {

std::string text_or(const web_request& in, const char* name) {
  return std::string{in.argument(name).value_or("")};
}

/// What objects of a query say: ?type=image&ids=3,4.
std::vector<int64_t> ids_of(const web_request& in) {
  std::vector<int64_t> ids;
  const auto text = text_or(in, "ids");
  if (text.empty())
    return ids;
  const auto list = json::parse("[" + text + "]", nullptr, false);
  if (!list.is_array())
    throw failure{errc::bad_request, "ids must be ids between commas"};
  for (auto& id : list) {
    if (!is_integer(id))
      throw failure{errc::bad_request, "ids must be ids between commas"};
    ids.push_back(id.get<int64_t>());
  }
  return ids;
}

/// The connection cannot be used again: the body is on its way and nobody wants it.
web_response unwanted(web_response out) {
  out.close = true;
  return out;
}

web_response attach(desk& d, web_request& in) {
  create_annotation m{.type = object_type_named(in.argument("type").value_or("image")),
                      .targets = ids_of(in)};
  m.what.kind = metadata::annotation_kind::file;
  m.what.name_space = text_or(in, "namespace");
  m.what.description = text_or(in, "description");
  m.what.file =
    stored_file{text_or(in, "name"), std::string{in.header("content-type")}, "", 0};
  // Before bytes are taken from whoever may not leave any.
  auto may = d.ask_catalogue(
    in, check_attachment{.name = m.what.file->name, .mime = m.what.file->mime},
    [](auto&) { return web_response{}; });
  if (may.status != 200)
    return unwanted(may);
  const managed_directory files{d.config.data};
  attachment_writer writer{files};
  {
    gate::blocking waits{*d.door};
    const bool whole = !in.body || in.body->read([&](const char* data, size_t size) {
      writer.append(data, size);
    });
    if (!whole)
      return unwanted(problem(errc::gone, "the body did not arrive whole", in.id));
  }
  m.what.file->bytes = writer.bytes();
  m.what.file->sha256 = to_hex(writer.keep());
  return d.ask_catalogue(in, m, [](const json_document& x) {
    auto out = encode(x);
    out.status = 201;
    return out;
  });
}

} // namespace

const std::vector<route> attachment_routes{
  {"POST",
   "/api/v1/attachments",
   access::session,
   "Send a file of any size; the annotation it becomes",
   {{"name", "string", "of the file", true},
    {"type", "string", "of objects to put it on, normally image"},
    {"ids", "string", "of these objects, between commas"},
    {"namespace", "string", "of the annotation"},
    {"description", "string", "of the annotation"}},
   "application/octet-stream",
   201,
   "SingleAnnotation",
   attach},
};

} // namespace troupe::http
