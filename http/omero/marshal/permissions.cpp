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

std::string permissions_text(group_level level, int32_t rights) {
  const seen_object o{.rights = rights};
  object_text out;
  out.put("@type", "TBD#Permissions");
  out.put("perm", perm_of(level));
  out.put("canAnnotate", o.may(right::annotate));
  out.put("canDelete", o.may(right::remove));
  out.put("canEdit", o.may(right::edit));
  out.put("canLink", o.may(right::link));
  out.put("isWorldWrite", false);
  out.put("isWorldRead", false);
  out.put("isGroupWrite", level == group_level::write);
  out.put("isGroupRead", level != group_level::private_);
  out.put("isGroupAnnotate", level >= group_level::annotate);
  out.put("isUserWrite", true);
  out.put("isUserRead", true);
  return std::move(out).close();
}

std::string system_details(group_level level) {
  object_text out;
  out.put("@type", "TBD#Details");
  out.raw("permissions", permissions_text(level, 0));
  return std::move(out).close();
}

} // namespace troupe::http::omero
