#include "storage/formats/ome_bin_data.hpp"

#include "storage/base64.hpp"

#include <algorithm>
#include <bzlib.h>
#include <zlib.h>

namespace troupe::formats {
namespace {

using bytes = std::vector<uint8_t>;

constexpr size_t first_guess = 64 << 10, growth = 2;

/// Room for the next output of a decoder. @returns false when there is enough.
bool grow(bytes& out, size_t most) {
  if (out.size() >= most)
    return false;
  out.resize(std::min(most, std::max(first_guess, out.size() * growth)));
  return true;
}

std::optional<bytes> inflated(bytes& packed, size_t most) {
  z_stream stream{};
  if (inflateInit(&stream) != Z_OK)
    return std::nullopt;
  stream.next_in = packed.data();
  stream.avail_in = static_cast<uInt>(packed.size());
  bytes out;
  auto status = Z_OK;
  while (status == Z_OK && grow(out, most)) {
    stream.next_out = out.data() + stream.total_out;
    stream.avail_out = static_cast<uInt>(out.size() - stream.total_out);
    status = inflate(&stream, Z_NO_FLUSH);
  }
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return status == Z_OK || status == Z_STREAM_END ? std::optional{std::move(out)}
                                                  : std::nullopt;
}

std::optional<bytes> unzipped(bytes& packed, size_t most) {
  bz_stream stream{};
  if (BZ2_bzDecompressInit(&stream, 0, 0) != BZ_OK)
    return std::nullopt;
  stream.next_in = reinterpret_cast<char*>(packed.data());
  stream.avail_in = static_cast<unsigned>(packed.size());
  bytes out;
  size_t done = 0;
  auto status = BZ_OK;
  while (status == BZ_OK && grow(out, most)) {
    stream.next_out = reinterpret_cast<char*>(out.data() + done);
    stream.avail_out = static_cast<unsigned>(out.size() - done);
    status = BZ2_bzDecompress(&stream);
    if (status == BZ_OK && stream.avail_out > 0 && stream.avail_in == 0)
      status = BZ_UNEXPECTED_EOF;
    done = out.size() - stream.avail_out;
  }
  out.resize(done);
  BZ2_bzDecompressEnd(&stream);
  return status == BZ_OK || status == BZ_STREAM_END ? std::optional{std::move(out)}
                                                    : std::nullopt;
}

} // namespace

std::optional<bin_coding> coding_of(const pugi::xml_node& bin_data) {
  const auto name = xml::text(bin_data, "Compression");
  if (name.empty() || name == "none")
    return bin_coding::none;
  if (name == "zlib")
    return bin_coding::zlib;
  if (name == "bzip2")
    return bin_coding::bzip2;
  return std::nullopt;
}

std::optional<bytes> decode_bin_data(std::string_view text, bin_coding coding,
                                     size_t most) {
  auto decoded = from_base64(text);
  if (!decoded)
    return std::nullopt;
  switch (coding) {
    case bin_coding::zlib: return inflated(*decoded, most);
    case bin_coding::bzip2: return unzipped(*decoded, most);
    case bin_coding::none: break;
  }
  decoded->resize(std::min(decoded->size(), most));
  return decoded;
}

std::optional<bytes> bytes_of(const pugi::xml_node& bin_data, size_t most) {
  const auto coding = coding_of(bin_data);
  return coding ? decode_bin_data(bin_data.text().as_string(), *coding, most)
                : std::nullopt;
}

} // namespace troupe::formats
