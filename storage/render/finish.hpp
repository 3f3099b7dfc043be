// What becomes of a drawn picture before it is sent: its size, its turn, its colours.

#pragma once

#include "storage/pixels.hpp"
#include "storage/render/picture.hpp"

namespace troupe::render {

enum class tone : uint8_t {
  color,   ///< as drawn
  grey,    ///< luma: 0.299 R + 0.587 G + 0.114 B
  bitonal, ///< white where the luma is 128 or more, else black
};

/// Paper that a picture is laid on, where it leaves room or lies over the edge.
struct sheet {
  extent size = {};          ///< 0 x 0 = none
  int32_t left = 0, top = 0; ///< of the picture on it
  rgba color = {};
  bool operator==(const sheet&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, sheet& x) {
  return f(x.size, x.left, x.top, x.color);
}

/// A line over the picture, from point to point.
struct outline {
  std::vector<double> points = {}; ///< x and y of each, pixels of what is sent
  rgba color = {};
  int32_t width = 0; ///< pixels; 0 = none
  bool operator==(const outline&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, outline& x) {
  return f(x.points, x.color, x.width);
}

/// Done in this order; nothing of it without values.
struct finish {
  extent size = {};          ///< scaled to that; 0 x 0 = as drawn
  bool mirrored = false;     ///< left and right change places
  int32_t quarter_turns = 0; ///< clockwise
  tone colors = tone::color;
  sheet on = {};
  outline over = {};
  bool operator==(const finish&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, finish& x) {
  return f(x.size, x.mirrored, x.quarter_turns, x.colors, x.on, x.over);
}

/// Mirrors, turns, tones, lays out and draws over a picture that has its size already.
picture finished(picture drawn, const finish& how);

} // namespace troupe::render
