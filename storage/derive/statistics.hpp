// What all samples of an image are like: counted while they pass by.

#pragma once

#include "storage/pixels.hpp"

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace troupe::derive {

/// How often samples of a channel are in each of equally wide bins.
struct histogram {
  double from = 0, to = 0; ///< ends of the first and the last bin
  std::vector<uint64_t> counts;
};

/// Of one channel; min > max when it has no finite sample.
struct channel_statistics {
  double min = 0, max = 0;
  histogram bins; ///< 256 of them from min to max; 0 to 255 for 8 bit; empty: not known
};

/// Rows of interleaved pixels in memory.
struct pixel_rows {
  const uint8_t* data = nullptr;
  size_t stride = 0; ///< bytes from row to row
  size_t width = 0, height = 0, samples = 1;
};

/// Belongs to one thread; what several have counted adds up.
class sample_counter {
public:
  explicit sample_counter(pixel_type type) : type_{type} {}

  /// @param first  channel of the rows' sample 0.
  void add(int32_t first, const pixel_rows& rows);
  void merge(const sample_counter& other);
  /// Exact histograms for types of at most 16 bits, none for the others.
  channel_statistics of(int32_t index) const;

  nlohmann::json save() const;
  void restore(const nlohmann::json& saved);

private:
  struct channel {
    double min, max;
    std::vector<uint64_t> counts; ///< per value, where a value has few bits
  };
  channel& at(int32_t index);

  pixel_type type_;
  std::map<int32_t, channel> channels_;
};

} // namespace troupe::derive
