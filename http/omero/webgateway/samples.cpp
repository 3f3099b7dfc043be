// Histograms, and the samples of a row or column as a curve over the image.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webgateway/rendering.hpp"
#include "storage/encode/transparent.hpp"

#include <algorithm>
#include <cmath>

namespace troupe::http::omero {

namespace {

int32_t plane_asked(call& c, const char* name, int32_t size) {
  const auto at = c.integer_or(name, 0);
  if (at < 0 || at >= size)
    throw failure{errc::not_found, std::string{"the image has no such "} + name};
  return static_cast<int32_t>(at);
}

web_response counts(call& c) {
  const auto g = c.ask_room(grant_image{.image = c.id("image")});
  view_histogram m{.image = g.image,
                   .channel = c.number("channel"),
                   .z = plane_asked(c, "theZ", g.size.z),
                   .t = plane_asked(c, "theT", g.size.t)};
  if (m.channel < 0 || m.channel >= g.size.c)
    throw failure{errc::not_found, "the image has no such channel"};
  const auto bins = c.integer_or("bins", m.bins);
  if (bins > max_bins)
    return document({{"error", "bins must be at most " + std::to_string(max_bins)}}, 400);
  if (bins > 0)
    m.bins = static_cast<int32_t>(bins);
  return document({{"data", c.ask_room(m).counts}});
}

/// A sample's place on the other axis: all of the channel's range fits into the image.
int32_t place_of(double sample, render::sample_range range, int32_t span) {
  const auto at = (sample - range.first) * (span - 1) / range.second;
  return std::isfinite(at)
           ? static_cast<int32_t>(std::clamp(at, -1.0, static_cast<double>(span)))
           : 0;
}

class line_plot {
public:
  line_plot(const image_grant& g, measurement::axis along, int32_t width)
    : picture_{g.size.x, g.size.y},
      along_{along},
      width_{width} {}

  void mark(int32_t position) {
    constexpr rgba white{255, 255, 255, 255};
    const auto length =
      along_ == measurement::axis::row ? picture_.width() : picture_.height();
    for (int32_t i = 0; i < length; ++i)
      along_ == measurement::axis::row ? picture_.set(i, position, white)
                                       : picture_.set(position, i, white);
  }

  void draw(const std::vector<double>& samples, render::sample_range range, rgba color) {
    color.alpha = 255;
    for (size_t i = 1; i < samples.size(); ++i)
      connect(static_cast<int32_t>(i), samples[i - 1], samples[i], range, color);
  }

  encoded_image png() const { return picture_.png(); }

private:
  /// Rows rise from the bottom, columns go to the right.
  void connect(int32_t i, double before, double now, render::sample_range range,
               rgba color) {
    const auto w = picture_.width(), h = picture_.height();
    for (int32_t thick = 0; thick < width_; ++thick)
      if (along_ == measurement::axis::row)
        picture_.draw_line(i - 1, h - 1 - place_of(before, range, h) - thick, i,
                           h - 1 - place_of(now, range, h) - thick, color);
      else
        picture_.draw_line(place_of(before, range, w) + thick, i - 1,
                           place_of(now, range, w) + thick, i, color);
  }

  transparent_picture picture_;
  measurement::axis along_;
  int32_t width_;
};

render::sample_range range_of_channel(const render::channel_settings& s) {
  const auto range = s.statistics.value_or(render::sample_range{s.start, s.end});
  return {range.first, range.second == 0 ? 1 : range.second};
}

auto plot_along(measurement::axis along) {
  return [along](call& c) {
    const auto g = c.ask_room(grant_image{.image = c.id("image")});
    const auto at = plane_in_path(c, g);
    const auto position = c.number("position");
    const auto settings =
      render::apply(rendering_of_part(c.in).change, g.settings).channels;
    const auto width = c.in.captured.contains("width") ? c.number("width") : 1;
    line_plot plot{g, along, std::clamp(width, 1, 100)};
    const auto found = c.ask_room(view_line{
      .image = g.image, .z = at.z, .t = at.t, .along = along, .position = position});
    plot.mark(position);
    for (auto& line : found.lines)
      for (auto& s : settings)
        if (s.index == line.channel && s.active)
          plot.draw(line.samples, range_of_channel(s), s.color);
    web_response out{.type = "image/png"};
    out.bytes = plot.png().bytes;
    return out;
  };
}

/// What the image does not have is not found.
std::function<web_response(call&)> row_or_column(measurement::axis along) {
  return [run = plot_along(along)](call& c) {
    try {
      return run(c);
    } catch (refused& r) {
      miss_what_is_wrong(r.answer);
      throw;
    }
  };
}

const auto row_plot = row_or_column(measurement::axis::row),
           column_plot = row_or_column(measurement::axis::column);

} // namespace

const std::vector<route> gateway_sample_routes = routes_of({
  {"GET", "/webgateway/histogram_json/{image}/channel/{channel}", manner::data, counts},
  {"GET", "/webgateway/render_row_plot/{image}/{z}/{t}/{position}", manner::picture,
   row_plot},
  {"GET", "/webgateway/render_row_plot/{image}/{z}/{t}/{position}/{width}",
   manner::picture, row_plot},
  {"GET", "/webgateway/render_col_plot/{image}/{z}/{t}/{position}", manner::picture,
   column_plot},
  {"GET", "/webgateway/render_col_plot/{image}/{z}/{t}/{position}/{width}",
   manner::picture, column_plot},
  {"GET", "/webclient/render_row_plot/{image}/{z}/{t}/{position}", manner::picture,
   row_plot},
  {"GET", "/webclient/render_row_plot/{image}/{z}/{t}/{position}/{width}",
   manner::picture, row_plot},
  {"GET", "/webclient/render_col_plot/{image}/{z}/{t}/{position}", manner::picture,
   column_plot},
  {"GET", "/webclient/render_col_plot/{image}/{z}/{t}/{position}/{width}",
   manner::picture, column_plot},
});

} // namespace troupe::http::omero
