#include "http/open/zarr/plate_files.hpp"

#include "http/open/zarr/answer.hpp"
#include "http/open/zarr/image_files.hpp"
#include "http/open/zarr/plate.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe::http::zarr {

web_response plate_file(desk& d, web_request& in, int64_t plate, version v,
                        const std::string& key) {
  if (const auto field = field_in_key(key))
    return d.ask_catalogue(
      in,
      find_field{.plate = plate,
                 .row = field->row,
                 .column = field->column,
                 .field = field->field},
      [&](const field_of_view& f) { return image_file(d, in, f.image, v, field->key); });
  if (!is_metadata(key))
    return absent(in);
  return d.ask_catalogue(in, find_plate{.plate = plate}, [&](const json_document& found) {
    const auto groups = plate_hierarchy(json::parse(found.text), v);
    return metadata_answer(in, metadata_file(groups, v, key, false));
  });
}

} // namespace troupe::http::zarr
