#include "schema/queries/image_rows.hpp"

namespace troupe {

const std::string_view entry_columns = R"sql(
       i.id, i.name, i.size_x, i.size_y, i.size_z, i.size_c, i.size_t, i.pixel_type, i.state,
       rfc3339(i.acquired) as acquired, rfc3339(i.created) as created, i.version,
       a.id as owner_id, a.login as owner_login, a.name as owner_name)sql";

image_entry entry_of(const soci::row& row) {
  image_entry found;
  found.id = int64_of(row, "id");
  found.name = text_of(row, "name");
  found.size = {int32_of(row, "size_x"), int32_of(row, "size_y"), int32_of(row, "size_z"),
                int32_of(row, "size_c"), int32_of(row, "size_t")};
  found.type = static_cast<pixel_type>(int32_of(row, "pixel_type"));
  found.state = static_cast<image_state>(int32_of(row, "state"));
  found.acquired = text_of(row, "acquired");
  found.created = text_of(row, "created");
  found.owner = {int64_of(row, "owner_id"), text_of(row, "owner_login"),
                 text_of(row, "owner_name")};
  found.version = int32_of(row, "version");
  return found;
}

const std::string_view source_columns = R"sql(
       case when r.root = '' then s.prefix else r.root || '/' || s.prefix end
         || '/' || f.name as path,
       f.bytes as file_bytes, f.modified_ns)sql";

image_source source_of(const soci::row& row) {
  return {text_of(row, "path"), int32_of(row, "series"), int64_of(row, "file_bytes"),
          int64_of(row, "modified_ns")};
}

std::vector<extent> levels_from(const nlohmann::json& stored) {
  std::vector<extent> levels;
  for (const auto& level : stored)
    levels.push_back(extent_from(level));
  return levels;
}

extent extent_from(const nlohmann::json& stored) {
  return {stored.at(0), stored.at(1)};
}

} // namespace troupe
