// Projects and datasets differ in what they hold; listing and finding them does not.

#pragma once

#include "schema/queries/containers.hpp"

#include <optional>
#include <string_view>

namespace troupe {

/// Which containers: `scope` is a further SQL condition on container `c` and may name
/// the parameter :parent.
struct container_scope {
  std::string_view table; ///< projects or datasets
  std::string_view scope = "true";
  int64_t parent = 0;
  std::optional<int64_t> owner = {}; ///< only what this account owns
};

/// In natural order of their names.
page<container> list_containers(soci::session& sql, const container_scope& which,
                                const viewer& who, const page_request& page);

/// @throws failure{not_found} "dataset 7" when absent or not visible.
container read_container(soci::session& sql, std::string_view table, const viewer& who,
                         int64_t id);

} // namespace troupe
