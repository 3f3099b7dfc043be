#include "storage/export/tiff_entries.hpp"

namespace troupe::exports {

void tiff_directory_bytes::put(tiff_tag tag, tiff_type type,
                               const std::vector<uint64_t>& values) {
  field f{type, values.size(), {}};
  for (auto v : values)
    if (type == tiff_type::word)
      append_number(f.bytes, static_cast<uint16_t>(v));
    else
      append_number(f.bytes, v);
  fields_[tag] = std::move(f);
}

void tiff_directory_bytes::refer(tiff_tag tag, uint64_t bytes, uint64_t offset) {
  field f{tiff_type::ascii, bytes, {}};
  append_number(f.bytes, offset);
  fields_[tag] = std::move(f);
}

std::string tiff_directory_bytes::at(uint64_t at, uint64_t next) const {
  std::string entries, outside;
  append_number(entries, static_cast<uint64_t>(fields_.size()));
  const auto behind = (8 + 20 * fields_.size() + 8 + 7) / 8 * 8;
  for (auto& [tag, f] : fields_) {
    append_number(entries, static_cast<uint16_t>(tag));
    append_number(entries, static_cast<uint16_t>(f.type));
    append_number(entries, f.count);
    auto inside = f.bytes;
    if (inside.size() > 8) {
      append_number(inside = {}, at + behind + outside.size());
      outside += f.bytes;
      outside.resize((outside.size() + 7) / 8 * 8, '\0');
    }
    inside.resize(8, '\0');
    entries += inside;
  }
  append_number(entries, next);
  entries.resize(behind, '\0');
  return entries + outside;
}

} // namespace troupe::exports
