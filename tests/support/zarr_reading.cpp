#include "tests/support/zarr_reading.hpp"

#include "storage/formats/zarr_array.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace troupe::test {

namespace {

using five = std::array<int64_t, 5>;

five five_of(const std::vector<int64_t>& lengths) {
  five out{};
  std::copy_n(lengths.begin(), 5, out.begin());
  return out;
}

} // namespace

zarr_reading::zarr_reading(api& who, const std::string& array)
  : who_{who},
    array_{array} {
  const auto v3 = array.starts_with("/zarr/v0.5/");
  const auto text = who.read(array + (v3 ? "/zarr.json" : "/.zarray")).dump();
  const auto found = formats::parse_zarr_array("", text);
  shape = five_of(found.shape);
  chunk = five_of(found.chunk);
  sample_ = static_cast<size_t>(found.type.bytes);
  prefix_ = found.prefix;
  type = json::parse(text).at(v3 ? "data_type" : "dtype");
}

std::string zarr_reading::chunk_bytes(const five& at) {
  const auto path = fmt::format("{}/{}{}/{}/{}/{}/{}", array_, prefix_, at[0], at[1],
                                at[2], at[3], at[4]);
  const auto got = who_.get(path);
  const auto bytes = static_cast<size_t>(chunk[3] * chunk[4]) * sample_;
  if (sparse && got.status == 404)
    return std::string(bytes, '\0');
  if (got.status != 200)
    throw std::runtime_error{fmt::format("{}: {} {}", path, got.status, got.body)};
  const auto out = formats::decompress(
    formats::zarr_codec::blosc,
    {reinterpret_cast<const uint8_t*>(got.body.data()), got.body.size()}, bytes);
  if (out.size() != bytes)
    throw std::runtime_error{fmt::format("{} has {} bytes", path, out.size())};
  return {out.begin(), out.end()};
}

std::string zarr_reading::plane(int64_t t, int64_t c, int64_t z) {
  const auto width = static_cast<size_t>(shape[4]) * sample_,
             across = static_cast<size_t>(chunk[4]) * sample_;
  std::string out(width * static_cast<size_t>(shape[3]), '?');
  for (int64_t row = 0; row * chunk[3] < shape[3]; ++row)
    for (int64_t column = 0; column * chunk[4] < shape[4]; ++column) {
      const auto bytes = chunk_bytes({t, c, z, row, column});
      const auto left = static_cast<size_t>(column) * across;
      const auto part = std::min(across, width - left);
      for (int64_t y = 0; y < chunk[3]; ++y) {
        const auto line = bytes.substr(static_cast<size_t>(y) * across, across);
        const auto at = row * chunk[3] + y;
        const auto kept = at < shape[3] ? part : 0;
        if (kept)
          out.replace(static_cast<size_t>(at) * width + left, kept, line, 0, kept);
        if (line.find_first_not_of('\0', kept) != line.npos)
          throw std::runtime_error{"a chunk has samples beyond the edge"};
      }
    }
  return out;
}

} // namespace troupe::test
