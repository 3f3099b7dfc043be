// What administrators read about the server itself: what it keeps, how it is set.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/stored_bytes.hpp"

#include <filesystem>

namespace troupe::http {

namespace {

json json_of(const std::vector<stored_part>& parts, bool have_ids) {
  auto out = json::array();
  for (auto& p : parts) {
    json one{{"name", p.name}, {"files", p.files}, {"bytes", p.bytes}};
    if (have_ids)
      one["id"] = p.id;
    out.push_back(std::move(one));
  }
  return out;
}

/// Null where the system does not tell.
json disk_of(const std::filesystem::path& folder) {
  std::error_code error;
  const auto room = std::filesystem::space(folder, error);
  if (error)
    return nullptr;
  return {{"bytes", room.capacity}, {"free", room.available}};
}

web_response storage(desk& d, web_request& in) {
  return d.ask_catalogue(in, sum_stored_bytes{}, [&d](const stored_bytes& s) {
    return document({{"files", s.files},
                     {"bytes", s.bytes},
                     {"inPlace", s.in_place},
                     {"trash", s.trash},
                     {"disk", disk_of(d.config.data)},
                     {"groups", json_of(s.groups, true)},
                     {"owners", json_of(s.owners, true)},
                     {"formats", json_of(s.formats, false)}});
  });
}

web_response settings(desk& d, web_request& in) {
  return d.converse(in, true, [&d](const conversation& c, auto&) {
    c.ask(c.session, identify{.admin = true}, [&d, c](const session_record&) {
      c.answer([&d] {
        auto items = json::array();
        for (auto& s : d.settings)
          items.push_back(
            {{"key", s.key}, {"help", s.help}, {"value", s.value}, {"source", s.source}});
        return document({{"items", std::move(items)}});
      });
    });
  });
}

} // namespace

const std::vector<route> admin_routes{
  {"GET",
   "/api/v1/admin/storage",
   access::admin,
   "How many bytes are kept, by group, owner and format; what is in the trash, what is "
   "free",
   {},
   "",
   200,
   "Storage",
   storage},
  {"GET",
   "/api/v1/admin/settings",
   access::admin,
   "Every setting, what it is and where it was set",
   {},
   "",
   200,
   "ServerSettings",
   settings},
};

} // namespace troupe::http
