#include "storage/metadata/objective.hpp"

#include <cmath>

namespace troupe::metadata {

document slide_objective(double magnification, size_t images) {
  document about;
  if (!std::isfinite(magnification) || magnification <= 0 || images == 0)
    return about;
  const part objective{
    "Objective", "Objective:0", {{"NominalMagnification", magnification}}};
  about.instruments = {{"Instrument", "Instrument:0", {}, {objective}}};
  about.images.resize(images);
  about.images.front().instrument = 0;
  about.images.front().settings = {{"ObjectiveSettings", "Objective:0"}};
  return about;
}

} // namespace troupe::metadata
