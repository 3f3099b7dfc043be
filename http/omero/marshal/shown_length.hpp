// Sizes of pixels as people read them.

#pragma once

#include "storage/metadata/quantity.hpp"

#include <string>

namespace troupe::http::omero {

struct shown_length {
  double value = 0;
  std::string symbol, unit; ///< "nm", "NANOMETER"
};

/// As the file says it.
shown_length stored_length(const metadata::quantity& size);
/// Micrometres in the unit that fits: Å below 0.001, nm below 0.1, mm from 1000, cm from
/// 100'000, m from a million, km from a hundred million. Other units as the file says.
shown_length readable_length(const metadata::quantity& size);

} // namespace troupe::http::omero
