#include "storage/encode/codecs.hpp"
#include "storage/failure.hpp"

#include <turbojpeg.h>

#include <algorithm>
#include <cmath>
#include <memory>

namespace troupe {
namespace {

struct destroy {
  void operator()(void* handle) const { tjDestroy(handle); }
};

tjhandle compressor() {
  static thread_local std::unique_ptr<void, destroy> handle{tjInitCompress()};
  if (!handle)
    throw failure{errc::internal, "no JPEG encoder"};
  return handle.get();
}

} // namespace

encoded_image encode_jpeg(const render::picture& p, double quality) {
  if (p.width < 1 || p.height < 1 || p.width > 65500 || p.height > 65500)
    throw failure{errc::bad_request, "a JPEG has 1 to 65500 pixels a side"};
  const auto percent =
    std::isnan(quality)
      ? 85
      : static_cast<int>(std::lround(100 * std::clamp(quality, 0.01, 1.0)));
  shared_bytes::vector bytes(tjBufSize(p.width, p.height, TJSAMP_420));
  auto at = bytes.data();
  unsigned long size = bytes.size();
  const auto handle = compressor();
  if (tjCompress2(handle, p.rgb.data(), p.width, 0, p.height, TJPF_RGB, &at, &size,
                  TJSAMP_420, percent, TJFLAG_NOREALLOC)
      != 0)
    throw failure{errc::internal, std::string{"JPEG: "} + tjGetErrorStr2(handle)};
  bytes.resize(size);
  bytes.shrink_to_fit(); // answers are cached: keep no more than they are
  return {"image/jpeg", shared_bytes{std::move(bytes)}, {p.width, p.height}};
}

} // namespace troupe
