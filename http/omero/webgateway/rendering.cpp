#include "http/omero/webgateway/rendering.hpp"

#include "http/encode.hpp"
#include "http/picture_arguments.hpp"

#include <algorithm>
#include <charconv>

namespace troupe::http::omero {

namespace {

std::optional<double> quality_in(std::string_view text) {
  double q = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), q);
  const auto fits =
    error == std::errc{} && end == text.data() + text.size() && q >= 0 && q <= 1;
  return fits ? std::optional{q} : std::nullopt;
}

output format_in(std::string_view name) {
  return name == "png"                     ? output::png
         : name == "tif" || name == "tiff" ? output::tiff
                                           : output::jpeg;
}

projection_wish clamped(projection_wish p, int32_t sections) {
  if (p.sections) {
    auto& [first, last] = *p.sections;
    first = std::max(first, 0);
    last = std::min(last, sections - 1);
  }
  return p;
}

int32_t axis_in_path(const call& c, const char* name, int32_t shown_first, int32_t size) {
  const auto at = c.in.captured.contains(name) ? c.number(name) : shown_first;
  if (at < 0 || at >= size)
    throw failure{errc::not_found, "the image has no such plane"};
  return at;
}

} // namespace

picture_wish rendering_of_part(const web_request& in) {
  picture_wish out;
  out.change = channels_wished(in);
  out.change.profile = render::profile::omero;
  if (auto m = in.argument("m"); m && (*m == "g" || *m == "c"))
    out.change.model = *m == "g" ? render::model::greyscale : render::model::color;
  if (auto q = in.argument("q"))
    out.quality = quality_in(*q);
  if (auto f = in.argument("format"))
    out.as = format_in(*f);
  out.known = known_picture(in);
  return out;
}

picture_wish rendering_of(const web_request& in, int32_t sections) {
  auto out = rendering_of_part(in);
  if (auto p = in.argument("p"))
    if (auto wish = projection_in(*p))
      out.project = clamped(*wish, sections);
  return out;
}

plane_index plane_in_path(const call& c, const image_grant& g) {
  return {axis_in_path(c, "z", g.first.z, g.size.z),
          axis_in_path(c, "t", g.first.t, g.size.t)};
}

web_response picture_answer(const encoded_image& p) {
  auto out = encode(p);
  out.headers.emplace_back("Cache-Control", "private, no-cache");
  return out;
}

void miss_what_is_wrong(web_response& out) {
  if (out.status == 400)
    out.status = 404;
}

} // namespace troupe::http::omero
