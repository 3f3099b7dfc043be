#include "schema/queries/owned_objects.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe {

owned_objects run(soci::session& sql, const list_owned_objects& q) {
  owned_objects found{seen_objects(sql, q.who, q.type, q.ids)};
  for (auto id : q.ids)
    if (std::ranges::none_of(found.items, [&](auto& o) { return o.id == id; }))
      throw failure{errc::not_found, fmt::format("{} {}", name_of(q.type), id)};
  return found;
}

} // namespace troupe
