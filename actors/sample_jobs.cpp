#include "actors/grant_checks.hpp"
#include "actors/sample_questions.hpp"

#include <fmt/format.h>

#include <numeric>

namespace troupe {

namespace {

/// A level with longer sides is too much to count.
constexpr int32_t longest_counted = 3192;
/// A shape with more pixels in its bounds is too much to measure.
constexpr int64_t most_measured = 64 << 20;
/// And so are more in those of many, with every channel counted.
constexpr int64_t most_measured_together = 256 << 20;
/// So are corners looked at once a pixel: half a minute's work.
constexpr double most_steps = 1e10;

bool is_countable(extent level) {
  return level.width <= longest_counted && level.height <= longest_counted;
}

int32_t countable_level(const image_grant& g) {
  for (size_t i = 0; i < g.levels.size(); ++i)
    if (is_countable(g.levels[i]))
      return static_cast<int32_t>(i);
  return -1;
}

std::vector<int32_t> channels_of(const image_grant& g, std::optional<int32_t> one) {
  if (one) {
    check_channel(g, *one);
    return {*one};
  }
  std::vector<int32_t> all(static_cast<size_t>(g.size.c));
  std::iota(all.begin(), all.end(), 0);
  return all;
}

region middle_of(extent size) {
  auto width = std::min(size.width, longest_counted),
       height = std::min(size.height, longest_counted);
  return {(size.width - width) / 2, (size.height - height) / 2, width, height};
}

} // namespace

measure_pixels job_of(const image_grant& g, const view_histogram& m) {
  check_usable(g);
  check_channel(g, m.channel);
  require(m.bins >= 1 && m.bins <= max_bins,
          fmt::format("bins is {}, it must be 1 to {}", m.bins, max_bins));
  auto level = m.level.value_or(countable_level(g));
  require(
    level >= 0 && (!m.level || is_countable(level_size(g, level))),
    fmt::format("a histogram needs a level of at most {0} x {0} pixels", longest_counted),
    errc::too_large);
  return {.source = g.source,
          .level = level,
          .at = plane_of(g, m.z, m.t),
          .channels = {m.channel},
          .where = whole(level_size(g, level)),
          .how =
            count_samples{
              m.bins, g.settings.channels.at(static_cast<size_t>(m.channel)).statistics},
          .who = m.who};
}

measure_pixels job_of(const image_grant& g, const view_line& m) {
  check_usable(g);
  auto across = m.along == measurement::axis::row;
  auto end = across ? g.size.y : g.size.x;
  require(m.position >= 0 && m.position < end,
          fmt::format("{} is {}, the image has 0 to {}", across ? "row" : "column",
                      m.position, end - 1));
  return {.source = g.source,
          .at = plane_of(g, m.z, m.t),
          .channels = channels_of(g, m.channel),
          .where = across ? region{0, m.position, g.size.x, 1}
                          : region{m.position, 0, 1, g.size.y},
          .how = list_samples{},
          .who = m.who};
}

measure_pixels job_of(const image_grant& g, const measure_shape& m) {
  check_usable(g);
  auto where = measurement::bounds_of(m.shape, {g.size.x, g.size.y}).value_or(region{});
  require(int64_t{where.width} * where.height <= most_measured,
          fmt::format("the shape covers more than {} pixels", most_measured),
          errc::too_large);
  return {.source = g.source,
          .at = plane_of(g, m.z, m.t),
          .channels = channels_of(g, m.channel),
          .where = where,
          .how = m.shape,
          .who = m.who};
}

measure_pixels job_of(const image_grant& g, const measure_shapes& m) {
  check_usable(g);
  shapes_to_measure all;
  int64_t pixels = 0;
  double steps = 0;
  for (auto& s : m.shapes) {
    auto one = job_of(g, measure_shape{m.image, s.z, s.t, s.channel, s.shape, m.who});
    pixels += int64_t{one.where.width} * one.where.height
              * static_cast<int64_t>(one.channels.size());
    if (auto polygon = std::get_if<measurement::polygon>(&s.shape))
      steps += static_cast<double>(polygon->points.size()) * one.where.width
               * one.where.height * static_cast<double>(one.channels.size());
    all.push_back({s.shape, one.at, std::move(one.channels), one.where});
  }
  require(steps <= most_steps, "the polygons have too many corners for their sizes",
          errc::too_large);
  require(pixels <= most_measured_together,
          fmt::format("the shapes cover {} pixels of all channels, at most {} in one "
                      "request",
                      pixels, most_measured_together),
          errc::too_large);
  return {.source = g.source, .how = std::move(all), .who = m.who};
}

measure_pixels contrast_job(const image_grant& g) {
  check_usable(g);
  auto level = countable_level(g);
  if (level < 0)
    level = static_cast<int32_t>(g.levels.size()) - 1;
  return {.source = g.source,
          .level = level,
          .at = {g.size.z / 2, g.size.t / 2},
          .channels = channels_of(g, {}),
          .where = middle_of(level_size(g, level)),
          .how = stretch_contrast{}};
}

} // namespace troupe
