#include "schema/queries/object_name.hpp"

namespace troupe {

std::string_view object_name(object_type type) {
  switch (type) {
    case object_type::annotation: return "coalesce(x.text_value, '')";
    case object_type::fileset: return "x.prefix";
    case object_type::well: return "well_name(x.well_row, x.well_column)";
    case object_type::shape: return "x.text";
    default: return "x.name";
  }
}

} // namespace troupe
