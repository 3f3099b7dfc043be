#include "http/omero/marshal/permissions.hpp"

#include "schema/queries/batch.hpp"

namespace troupe::http::omero {

std::string_view perm_of(group_level level) {
  switch (level) {
    case group_level::private_: return "rw----";
    case group_level::read: return "rwr---";
    case group_level::annotate: return "rwra--";
    case group_level::write: return "rwrw--";
  }
  return "rw----";
}

namespace {

void put_reach(object_text& out, std::string_view perm) {
  out.put("isWorldWrite", perm[5] == 'w');
  out.put("isWorldRead", perm[4] == 'r');
  out.put("isGroupWrite", perm[3] == 'w');
  out.put("isGroupRead", perm[2] == 'r');
  out.put("isGroupAnnotate", perm[3] != '-');
  out.put("isUserWrite", perm[1] == 'w');
  out.put("isUserRead", perm[0] == 'r');
}

std::string permissions_of(std::string_view perm, int32_t rights) {
  const seen_object o{.rights = rights};
  object_text out;
  out.put("@type", "TBD#Permissions");
  out.put("perm", perm);
  out.put("canAnnotate", o.may(right::annotate));
  out.put("canDelete", o.may(right::remove));
  out.put("canEdit", o.may(right::edit));
  out.put("canLink", o.may(right::link));
  put_reach(out, perm);
  return std::move(out).close();
}

std::string details_with(const std::string& permissions) {
  object_text out;
  out.put("@type", "TBD#Details");
  out.raw("permissions", permissions);
  return std::move(out).close();
}

} // namespace

std::string permissions_text(group_level level, int32_t rights) {
  return permissions_of(perm_of(level), rights);
}

std::string details_of_group(group_level level) {
  return details_with(permissions_of(perm_of(level), 0));
}

const std::string& nobodys_details() {
  static const auto text = details_with(permissions_of("------", 0));
  return text;
}

} // namespace troupe::http::omero
