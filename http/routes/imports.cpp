// Imports: begin, send bytes, commit, watch, cancel.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "storage/files/fault_point.hpp"
#include "storage/files/managed.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <charconv>

namespace troupe::http {

namespace {

/// A hundred thousand files take that much JSON to list.
constexpr size_t longest_list = 64 << 20;

/// "files": what the client will send; "inPlace": what the server can read itself.
begin_import import_of(const json& body) {
  begin_import m;
  m.project = name_field(body, "project");
  m.dataset = name_field(body, "dataset");
  if (auto paths = body.find("inPlace"); paths != body.end()) {
    m.in_place = true;
    if (!paths->is_array())
      throw failure{errc::bad_request, "inPlace must be an array of paths"};
    for (auto& p : *paths) {
      if (!p.is_string())
        throw failure{errc::bad_request, "inPlace must be an array of paths"};
      m.files.push_back({.path = p.get<std::string>()});
    }
    return m;
  }
  auto files = body.find("files");
  if (files == body.end() || !files->is_array())
    throw failure{errc::bad_request, "files must be an array of {path, bytes}"};
  for (auto& f : *files) {
    if (!f.is_object() || !f.contains("bytes") || !is_integer(f["bytes"]))
      throw failure{errc::bad_request, "files: bytes is missing or no whole number"};
    m.files.push_back(
      {.path = text_field(f, "path"), .bytes = f["bytes"].get<int64_t>()});
  }
  return m;
}

web_response begin(desk& d, web_request& in) {
  return d.ask_session(in, import_of(json_of_body(in, longest_list)),
                       [](const import_view& v) {
                         auto out = encode(v);
                         out.status = 201;
                         out.headers.emplace_back(
                           "Location", fmt::format("/api/v1/imports/{}", v.record.id));
                         return out;
                       });
}

web_response list(desk& d, web_request& in) {
  auto state = in.argument("state").value_or("");
  if (!state.empty() && state != "active")
    throw failure{errc::bad_request, "state must be active or absent"};
  return d.ask_session(in,
                       watch_imports{.active_only = !state.empty(), .page = page_of(in)},
                       [](auto& p) { return encode(p); });
}

web_response watch(desk& d, web_request& in) {
  return d.ask_session(in, watch_import{.import = id_in_path(in, "import")},
                       [](auto& v) { return encode(v); });
}

web_response cancel(desk& d, web_request& in) {
  return d.ask_session(in, cancel_import{.import = id_in_path(in, "import")},
                       [](auto& r) { return encode(r); });
}

web_response commit(desk& d, web_request& in) {
  commit_import m{.import = id_in_path(in, "import")};
  if (in.body && in.body->length() > 0) {
    auto body = json_of_body(in, longest_list);
    for (auto& f : body.value("files", json::array())) {
      if (!f.is_object() || !f.contains("index") || !f["index"].is_number_unsigned()
          || f["index"] >= most_import_files)
        throw failure{errc::bad_request, "files: index is missing or out of range"};
      auto index = f["index"].get<size_t>();
      m.hashes.resize(std::max(m.hashes.size(), index + 1));
      m.hashes[index] = text_field_or(f, "sha256", "");
    }
  }
  return d.ask_session(in, m, [](const import_view& v) {
    auto out = encode(v);
    out.status = 202;
    return out;
  });
}

web_response with_offset(int status, int64_t offset, int64_t length) {
  web_response out;
  out.status = status;
  out.headers = {{"Upload-Offset", std::to_string(offset)},
                 {"Upload-Length", std::to_string(length)},
                 {"Cache-Control", "no-store"}};
  return out;
}

/// Asks where the bytes go; `slot` is filled when the answer is 200.
web_response slot_of(desk& d, web_request& in, upload_slot& slot) {
  auto found = std::make_shared<upload_slot>();
  auto out = d.ask_session(
    in,
    find_upload{.import = id_in_path(in, "import"), .file = number_in_path(in, "file")},
    [found](const upload_slot& s) {
      *found = s;
      return web_response{};
    });
  slot = *found;
  return out;
}

web_response look(desk& d, web_request& in) {
  upload_slot slot;
  auto found = slot_of(d, in, slot);
  return found.status == 200 ? with_offset(200, slot.offset, slot.length) : found;
}

int64_t offset_of(const web_request& in) {
  auto text = in.header("upload-offset");
  int64_t n = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size() || n < 0)
    throw failure{errc::bad_request,
                  "the Upload-Offset header is missing or no whole number"};
  return n;
}

web_response conflict(const web_request& in, const upload_slot& slot,
                      const std::string& why) {
  auto out = problem(errc::conflict, why, in.id);
  out.headers.emplace_back("Upload-Offset", std::to_string(slot.offset));
  out.close = true; // the body is on its way and nobody wants it
  return out;
}

/// Appends the body to the file; what arrived before a broken connection stays.
web_response append(desk& d, web_request& in) {
  auto offset = offset_of(in);
  upload_slot slot;
  if (auto found = slot_of(d, in, slot); found.status != 200)
    return found;
  if (offset != slot.offset)
    return conflict(in, slot,
                    fmt::format("the server has {} bytes, not {}", slot.offset, offset));
  if (!in.body || static_cast<int64_t>(in.body->length()) > slot.length - offset)
    return conflict(in, slot, "more bytes than the file was said to have");
  gate::blocking waits{*d.door};
  upload_writer file{slot.file, offset};
  auto complete = false;
  try {
    complete = in.body->read([&](const char* data, size_t size) {
      const auto at = offset;
      file.append(data, size);
      offset += static_cast<int64_t>(size);
      slot.digest->add(at, data, size);
      d.uploaded += static_cast<int64_t>(size);
      fault_point("upload.appended");
    });
  } catch (const failure& e) {
    file.finish();
    auto out = problem(e.code, e.what(), in.id);
    out.close = true;
    return out;
  }
  auto now = file.finish();
  if (complete)
    return with_offset(204, now, slot.length);
  auto out = problem(errc::gone, "the body did not arrive whole", in.id);
  out.close = true;
  return out;
}

} // namespace

const std::vector<route> import_routes{
  {"POST",
   "/api/v1/imports",
   access::session,
   "Begin an import",
   {},
   "NewImport",
   201,
   "Import",
   begin},
  {"GET",
   "/api/v1/imports",
   access::session,
   "My imports, newest first",
   {{"state", "string", "active = not ended"},
    {"after", "string", "the `next` of the slice before"},
    {"limit", "integer", "items per slice, 1 to 1000, normally 100"}},
   "",
   200,
   "ImportList",
   list},
  {"GET",
   "/api/v1/imports/{import}",
   access::session,
   "How far an import is",
   {},
   "",
   200,
   "Import",
   watch},
  {"DELETE",
   "/api/v1/imports/{import}",
   access::session,
   "Cancel an import",
   {},
   "",
   204,
   "",
   cancel},
  {"POST",
   "/api/v1/imports/{import}/commit",
   access::session,
   "All bytes are sent",
   {},
   "CommitImport",
   202,
   "Import",
   commit},
  {"HEAD",
   "/api/v1/imports/{import}/files/{file}",
   access::session,
   "How many bytes the server has",
   {},
   "",
   200,
   "",
   look},
  {"PATCH",
   "/api/v1/imports/{import}/files/{file}",
   access::session,
   "Send bytes from Upload-Offset on",
   {},
   "binary",
   204,
   "",
   append},
};

} // namespace troupe::http
