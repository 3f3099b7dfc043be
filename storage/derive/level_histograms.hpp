// Histograms of samples that have too many values to count them one by one.

#pragma once

#include "storage/derive/pyramid_file.hpp"
#include "storage/derive/statistics.hpp"

namespace troupe::derive {

/// Fills `bins` from the largest stored level of moderate size: close to those of all
/// samples. @param channels  whose min and max are known.
void add_level_histograms(const pyramid_plan& plan, const pyramid_file& file,
                          std::vector<channel_statistics>& channels);

} // namespace troupe::derive
