// What all samples of an image are like: counted while they pass by.

#pragma once

#include "storage/derive/folding_bins.hpp"
#include "storage/pixels.hpp"

#include <nlohmann/json_fwd.hpp>

#include <map>

namespace troupe::derive {

/// How often samples of a channel are in each of equally wide bins.
struct histogram {
  double from = 0, to = 0; ///< ends of the first and the last bin
  std::vector<uint64_t> counts;
  bool exact = true; ///< no sample is missing, and none can be in a bin beside its own
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

/// Of 16 bit: each channel takes half a MiB to count every value by itself.
constexpr int32_t most_counted_channels = 64;

/// Belongs to one thread; what several have counted adds up.
class sample_counter {
public:
  /// @param channels  how many there will be: with many of them no value of 16 bit is
  ///                  counted by itself, so that they do not take all memory.
  sample_counter(pixel_type type, int32_t channels)
    : type_{type},
      one_by_one_{bytes_of(type) == 1
                  || (bytes_of(type) == 2 && channels <= most_counted_channels)} {}

  /// @param first  channel of the rows' sample 0.
  void add(int32_t first, const pixel_rows& rows);
  void merge(const sample_counter& other);
  /// Exact histograms where values are counted one by one; for the others a sample may
  /// be a sixteenth of a bin off. None of complex numbers, which have no order.
  channel_statistics of(int32_t index) const;

  nlohmann::json save() const;
  void restore(const nlohmann::json& saved);

private:
  struct channel {
    double min, max;
    std::vector<uint64_t> counts; ///< per value, where values are counted one by one
    folding_bins spread;          ///< where they are not
  };
  channel& at(int32_t index);
  void add_to(channel& c, const pixel_rows& rows, size_t sample) const;
  template <class Sample>
  static void spread(channel& c, const pixel_rows& rows, size_t sample);

  pixel_type type_;
  bool one_by_one_;
  std::map<int32_t, channel> channels_;
};

} // namespace troupe::derive
