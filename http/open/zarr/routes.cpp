// OME-Zarr by URL: every image and every plate, as versions 0.4 and 0.5.

#include "http/arguments.hpp"
#include "http/open/tables.hpp"
#include "http/open/zarr/answer.hpp"
#include "http/open/zarr/image_files.hpp"
#include "http/open/zarr/plate_files.hpp"

#include <charconv>

namespace troupe::http {

namespace {

std::optional<zarr::version> zarr_version_in(const web_request& in) {
  const auto& word = in.captured.at("version");
  if (word == "v0.4")
    return zarr::version::v04;
  if (word == "v0.5")
    return zarr::version::v05;
  return std::nullopt;
}

/// "5.zarr" is 5.
std::optional<int64_t> zarr_id_in(const web_request& in) {
  constexpr std::string_view ending = ".zarr";
  std::string_view name = in.captured.at("name");
  if (!name.ends_with(ending))
    return std::nullopt;
  name.remove_suffix(ending.size());
  int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  if (name.empty() || error != std::errc{} || end != name.data() + name.size() || id < 0)
    return std::nullopt;
  return id;
}

web_response zarr_of_image(desk& d, web_request& in) {
  const auto v = zarr_version_in(in);
  const auto id = zarr_id_in(in);
  return v && id ? zarr::image_file(d, in, *id, *v, in.captured.at("key"))
                 : zarr::absent(in);
}

web_response zarr_of_plate(desk& d, web_request& in) {
  const auto v = zarr_version_in(in);
  const auto id = zarr_id_in(in);
  return v && id ? zarr::plate_file(d, in, *id, *v, in.captured.at("key"))
                 : zarr::absent(in);
}

web_response no_zarr(desk&, web_request& in) {
  return zarr::absent(in);
}

route zarr_row(const char* pattern, const char* summary,
               web_response (*answer)(desk&, web_request&)) {
  return {
    "GET", pattern, access::session, summary, {}, "", 200, "application/octet-stream",
    answer};
}

} // namespace

const std::vector<route> zarr_routes{
  zarr_row("/zarr/{version}/images/{name}/{key...}", "A file of an image's group",
           zarr_of_image),
  zarr_row("/zarr/{version}/plates/{name}/{key...}",
           "A file of a plate's group, of its wells' and fields'", zarr_of_plate),
  zarr_row("/zarr/{rest...}", "What is no file of a Zarr", no_zarr),
};

} // namespace troupe::http
