#include "http/open/iiif/image_request.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http::iiif {

namespace {

[[noreturn]] void refuse_last(std::string_view what, std::string_view text,
                              const char* known) {
  throw failure{errc::bad_request, fmt::format("the {} \"{}\" is none of {}", what,
                                               text.substr(0, 80), known)};
}

render::tone tone_of(std::string_view quality) {
  if (quality == "default" || quality == "color")
    return render::tone::color;
  if (quality == "gray")
    return render::tone::grey;
  if (quality == "bitonal")
    return render::tone::bitonal;
  refuse_last("quality", quality, "default, color, gray, bitonal");
}

output output_of(std::string_view format) {
  if (format == "jpg")
    return output::jpeg;
  if (format == "png")
    return output::png;
  if (format == "tif")
    return output::tiff;
  refuse_last("format", format, "jpg, png, tif");
}

} // namespace

picture_request parse_picture(const picture_text& text, extent image, version v) {
  const auto dot = std::min(text.last.rfind('.'), text.last.size());
  const auto quality = std::string_view{text.last}.substr(0, dot);
  const auto format =
    std::string_view{text.last}.substr(std::min(dot + 1, text.last.size()));
  const auto where = region_of(text.region, image);
  const auto turn = rotation_of(text.rotation);
  const extent part{where.width, where.height};
  const auto size = size_of(text.size, part, picture_limits, v);
  picture_request out{where, {size, turn.mirrored, turn.quarter_turns, tone_of(quality)}};
  out.as = output_of(format);
  out.canonical =
    fmt::format("{}/{}/{}/{}.{}", canonical_region(where, image),
                canonical_size(size, part, picture_limits, v), canonical_rotation(turn),
                out.finish.colors == render::tone::color ? "default" : quality, format);
  return out;
}

} // namespace troupe::http::iiif
