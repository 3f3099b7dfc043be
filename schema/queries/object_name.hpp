// What an object of each kind is called, as SQL of its table's row `x`.

#pragma once

#include "schema/queries/object_type.hpp"

namespace troupe {

std::string_view object_name(object_type type);

} // namespace troupe
