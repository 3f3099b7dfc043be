#include "storage/render/import_colors.hpp"

#include <algorithm>

namespace troupe::render {
namespace {

constexpr rgba pure_red{255, 0, 0, 255}, green{0, 255, 0, 255}, blue{0, 0, 255, 255};
constexpr rgba white{255, 255, 255, 255}, mid_grey{128, 128, 128, 255}, none{0, 0, 0, 0};

using wavelength = std::optional<double>;

wavelength of_emission_filter(const std::optional<filter_band>& f) {
  if (f && f->cut_in)
    return *f->cut_in + 15;
  return std::nullopt;
}

/// The first filter that says something.
template <class Rule>
wavelength of_path(const std::vector<filter_band>& path, Rule rule) {
  for (auto& f : path)
    if (auto nm = rule(f))
      return nm;
  return std::nullopt;
}

wavelength of_excitation_filter(const std::optional<filter_band>& f) {
  if (!f || !f->cut_out)
    return std::nullopt;
  auto cut_in = f->cut_in.value_or(0);
  if (cut_in == 0)
    cut_in = std::max(0.0, *f->cut_out - 30);
  return (cut_in + *f->cut_out) / 2;
}

wavelength first_of(std::initializer_list<wavelength> candidates) {
  for (auto& c : candidates)
    if (c)
      return c;
  return std::nullopt;
}

wavelength emission_of(const channel_facts& c) {
  return first_of({c.emission, of_path(c.path_emission, of_emission_filter),
                   of_emission_filter(c.set_emission)});
}

wavelength deciding_wavelength(const channel_facts& c) {
  return first_of({emission_of(c), c.laser, c.excitation,
                   of_path(c.path_excitation, of_excitation_filter),
                   of_excitation_filter(c.set_excitation)});
}

rgba color_of(const wavelength& nm, size_t index) {
  return nm ? color_of_wavelength(*nm) : color_of_index(index);
}

/// Where only some channels have emission data, those without become white.
class white_rule {
public:
  /// @param asked  the channels the rule looks at.
  template <class Asked>
  white_rule(const std::vector<channel_facts>& channels, Asked asked) {
    for (auto& c : channels)
      if (asked(c))
        (lacks(c) ? lacking_ : knowing_)++;
  }
  bool whitens(const channel_facts& c) const {
    return lacks(c) && lacking_ > 0 && knowing_ > 0;
  }

private:
  static bool lacks(const channel_facts& c) { return !c.file_color && !emission_of(c); }
  int lacking_ = 0, knowing_ = 0;
};

} // namespace

rgba color_of_wavelength(double nm) {
  return nm < 500 ? blue : nm < 560 ? green : pure_red;
}

rgba color_of_index(size_t index) {
  return index % 3 == 0 ? pure_red : index % 3 == 1 ? green : blue;
}

std::vector<rgba> import_colors(const std::vector<channel_facts>& channels,
                                bool graphics) {
  if (channels.size() == 1)
    return {channels[0].file_color.value_or(mid_grey)};
  const white_rule rule{channels, [](auto&) { return true; }};
  std::vector<rgba> colors;
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto& c = channels[i];
    if (graphics)
      colors.push_back(i == 3 ? none : color_of_index(i));
    else if (c.file_color)
      colors.push_back(*c.file_color);
    else
      colors.push_back(rule.whitens(c) ? white : color_of(deciding_wavelength(c), i));
  }
  return colors;
}

std::vector<rgba> reset_colors(const std::vector<channel_facts>& channels) {
  const white_rule rule{channels, [](auto& c) { return !c.file_color; }};
  std::vector<rgba> colors;
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto& c = channels[i];
    if (c.file_color)
      colors.push_back(*c.file_color);
    else if (rule.whitens(c))
      colors.push_back(white);
    else
      colors.push_back(color_of(first_of({c.emission, c.laser, c.excitation}), i));
  }
  return colors;
}

} // namespace troupe::render
