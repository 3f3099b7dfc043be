// OME-Zarr by URL: every image and every plate, as versions 0.4 and 0.5.

#include "http/open/numbers.hpp"
#include "http/open/tables.hpp"
#include "http/open/zarr/answer.hpp"
#include "http/open/zarr/image_files.hpp"
#include "http/open/zarr/plate_files.hpp"

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
  return plain_id(name);
}

/// The files of one kind of group.
using zarr_files = web_response (*)(desk&, web_request&, int64_t, zarr::version,
                                    const std::string&);

route zarr_row(const char* pattern, const char* summary, zarr_files files) {
  return {"GET",
          pattern,
          access::session,
          summary,
          {},
          "",
          200,
          "application/octet-stream",
          [files](desk& d, web_request& in) {
            const auto v = zarr_version_in(in);
            const auto id = zarr_id_in(in);
            return v && id ? files(d, in, *id, *v, in.captured.at("key"))
                           : zarr::absent(in);
          }};
}

} // namespace

const std::vector<route> zarr_routes{
  zarr_row("/zarr/{version}/images/{name}/{key...}", "A file of an image's group",
           zarr::image_file),
  zarr_row("/zarr/{version}/plates/{name}/{key...}",
           "A file of a plate's group, of its wells' and fields'", zarr::plate_file),
  {"GET",
   "/zarr/{rest...}",
   access::session,
   "What is no file of a Zarr",
   {},
   "",
   404,
   "",
   [](desk&, web_request& in) { return zarr::absent(in); }},
};

} // namespace troupe::http
