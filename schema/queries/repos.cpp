#include "schema/queries/repos.hpp"

#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

namespace troupe {

void set_managed_root(soci::session& sql, const std::string& root) {
  check_text("data folder", root, 4096);
  if (!root.starts_with('/'))
    throw failure{errc::bad_request, "data folder is not an absolute path"};
  auto trimmed = root.substr(0, root.find_last_not_of('/') + 1);
  sql << "update repos set root = :root where id = :repo and root is distinct from :root",
    soci::use(trimmed, "root"), soci::use(repo::managed, "repo");
}

} // namespace troupe
