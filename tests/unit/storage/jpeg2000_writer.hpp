// Small JPEG 2000 codestreams made in code.

#pragma once

#include "storage/formats/openjpeg_codestream.hpp"

#include <stdexcept>
#include <string>

namespace troupe::test {

struct jpeg2000_recipe {
  int32_t width = 0, height = 0;
  uint32_t bits = 8;
  bool is_signed = false;
  int32_t resolutions = 1, tile = 0; ///< 0 = one tile
  int32_t left = 0, top = 0;         ///< on the reference grid
  uint32_t chroma_step = 1;          ///< of the second and third component
  OPJ_COLOR_SPACE color = OPJ_CLRSPC_UNSPECIFIED;
  OPJ_CODEC_FORMAT wrapped = OPJ_CODEC_J2K;
};

/// Lossless. @param components  each row by row.
inline void write_jpeg2000(const std::string& file, const jpeg2000_recipe& r,
                           const std::vector<std::vector<int32_t>>& components) {
  opj_cparameters_t how;
  opj_set_default_encoder_parameters(&how);
  how.numresolution = r.resolutions;
  how.tcp_numlayers = 1;
  how.cp_disto_alloc = 1;
  how.tcp_mct =
    components.size() == 3 && r.chroma_step == 1 && r.color != OPJ_CLRSPC_SYCC;
  if (r.tile > 0) {
    how.tile_size_on = OPJ_TRUE;
    how.cp_tdx = how.cp_tdy = r.tile;
  }
  std::vector<opj_image_cmptparm_t> shapes;
  for (size_t i = 0; i < components.size(); ++i) {
    opj_image_cmptparm_t c{};
    c.dx = c.dy = i == 1 || i == 2 ? r.chroma_step : 1;
    c.w = (static_cast<uint32_t>(r.width) + c.dx - 1) / c.dx;
    c.h = (static_cast<uint32_t>(r.height) + c.dy - 1) / c.dy;
    c.x0 = static_cast<uint32_t>(r.left);
    c.y0 = static_cast<uint32_t>(r.top);
    c.prec = r.bits;
    c.sgnd = r.is_signed;
    shapes.push_back(c);
  }
  const formats::opj_picture image{
    opj_image_create(static_cast<uint32_t>(components.size()), shapes.data(), r.color)};
  image->x0 = static_cast<uint32_t>(r.left);
  image->y0 = static_cast<uint32_t>(r.top);
  image->x1 = static_cast<uint32_t>(r.left + r.width);
  image->y1 = static_cast<uint32_t>(r.top + r.height);
  for (size_t i = 0; i < components.size(); ++i)
    std::copy(components[i].begin(), components[i].end(), image->comps[i].data);
  const formats::opj_codec codec{opj_create_compress(r.wrapped)};
  const formats::opj_stream stream{
    opj_stream_create_default_file_stream(file.c_str(), OPJ_FALSE)};
  if (!opj_setup_encoder(codec.get(), &how, image.get())
      || !opj_start_compress(codec.get(), image.get(), stream.get())
      || !opj_encode(codec.get(), stream.get())
      || !opj_end_compress(codec.get(), stream.get()))
    throw std::runtime_error{"no JPEG 2000 written"};
}

} // namespace troupe::test
