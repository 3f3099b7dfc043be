#include "http/omero/marshal/shown_length.hpp"

#include "http/omero/marshal/values.hpp"

namespace troupe::http::omero {

shown_length stored_length(const metadata::quantity& size) {
  const auto unit = length_unit(size.unit);
  return {size.value, length_symbol(unit), unit};
}

shown_length readable_length(const metadata::quantity& size) {
  auto out = stored_length(size);
  if (out.unit != "MICROMETER")
    return out;
  struct row {
    double below, factor;
    const char* unit;
  };
  constexpr row rows[]{{0.001, 1e4, "ANGSTROM"},  {0.1, 1e3, "NANOMETER"},
                       {1e3, 1, "MICROMETER"},    {1e5, 1e-3, "MILLIMETER"},
                       {1e6, 1e-4, "CENTIMETER"}, {1e8, 1e-6, "METER"}};
  for (auto& r : rows)
    if (size.value < r.below)
      return {size.value * r.factor, length_symbol(r.unit), r.unit};
  return {size.value * 1e-9, length_symbol("KILOMETER"), "KILOMETER"};
}

} // namespace troupe::http::omero
