// A number with its unit.

#pragma once

#include <string>

namespace troupe::metadata {

/// The unit is kept as written, e.g. 0.65 "µm".
struct quantity {
  double value = 0;
  std::string unit;
  bool operator==(const quantity&) const = default;
};

} // namespace troupe::metadata
