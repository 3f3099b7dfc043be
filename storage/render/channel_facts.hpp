// What a file says about a channel, as far as its default settings depend on it.

#pragma once

#include "storage/render/settings.hpp"

namespace troupe::render {

/// The wavelengths a filter lets through, nm.
struct filter_band {
  std::optional<double> cut_in{}, cut_out{};
};

struct channel_facts {
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0;
  bool rgb = false; ///< a sample of a colour picture
  std::optional<rgba> file_color;
  std::optional<double> emission, excitation; ///< nm
  std::optional<sample_range> range;          ///< absent before statistics are known
  std::optional<double> laser;                ///< nm
  std::vector<filter_band> path_emission, path_excitation; ///< of the light path
  std::optional<filter_band> set_emission, set_excitation; ///< of the filter set
  std::string lut; ///< base name of a table, may be empty
};

} // namespace troupe::render
