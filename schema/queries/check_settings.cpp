// Which settings may be saved for an image.

#include "schema/queries/text.hpp"
#include "schema/queries/view_settings_rows.hpp"
#include "storage/failure.hpp"
#include "storage/render/codomain.hpp"

#include <fmt/format.h>

#include <cmath>

namespace troupe {

namespace {

void require(bool fine, const std::string& why) {
  if (!fine)
    throw failure{errc::bad_request, why};
}

/// A base name: a table is found by it, wherever its file lies.
void check_table(const std::string& name) {
  check_text("lut", name, 200);
  require(name.empty() || (name.size() > 4 && name.ends_with(".lut")),
          "lut must be the name of a table, like fire.lut");
  require(name.find('/') == std::string::npos, "lut is a name without folders");
}

void check_channel(const render::channel_settings& c) {
  const auto at = fmt::format("channel {}: ", c.index);
  require(std::isfinite(c.start) && std::isfinite(c.end),
          at + "the window must be two finite numbers");
  require(std::isfinite(c.coefficient) && c.coefficient > 0,
          at + "the coefficient must be above 0");
  check_table(c.lut);
}

} // namespace

void require_may_save(const view_settings& of) {
  if (!of.may_save)
    throw failure{
      errc::denied,
      fmt::format("image {}: its group lets you look, not annotate", of.image)};
}

void check_settings(const render::settings& s, plane_index at, const view_settings& of) {
  require(
    s.channels.size() == static_cast<size_t>(of.size.c),
    fmt::format("{} channels are given, the image has {}", s.channels.size(), of.size.c));
  for (size_t i = 0; i < s.channels.size(); ++i) {
    require(s.channels[i].index == static_cast<int32_t>(i),
            "every channel must be given once, in order");
    check_channel(s.channels[i]);
  }
  require(at.z >= 0 && at.z < of.size.z,
          fmt::format("z is {}, the image has z 0 to {}", at.z, of.size.z - 1));
  require(at.t >= 0 && at.t < of.size.t,
          fmt::format("t is {}, the image has t 0 to {}", at.t, of.size.t - 1));
  render::check(s.levels);
}

} // namespace troupe
