#include "storage/formats/openjpeg_codestream.hpp"

#include "storage/failure.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace troupe::formats {
namespace {

OPJ_SIZE_T read_on(void* to, OPJ_SIZE_T size, void* user) {
  auto& c = *static_cast<codestream::cursor*>(user);
  const auto got = c.at < c.from->size
                     ? c.from->read(c.at, static_cast<uint8_t*>(to),
                                    std::min<uint64_t>(size, c.from->size - c.at))
                     : 0;
  c.at += got;
  return got == 0 ? static_cast<OPJ_SIZE_T>(-1) : got;
}

OPJ_OFF_T skip(OPJ_OFF_T count, void* user) {
  auto& c = *static_cast<codestream::cursor*>(user);
  if (count < 0 || static_cast<uint64_t>(count) > c.from->size - c.at)
    return -1;
  c.at += static_cast<uint64_t>(count);
  return count;
}

OPJ_BOOL seek(OPJ_OFF_T to, void* user) {
  auto& c = *static_cast<codestream::cursor*>(user);
  if (to < 0 || static_cast<uint64_t>(to) > c.from->size)
    return OPJ_FALSE;
  c.at = static_cast<uint64_t>(to);
  return OPJ_TRUE;
}

void complain(const char* text, void* user) {
  auto& complaint = *static_cast<std::string*>(user);
  if (complaint.empty())
    complaint = text;
}

void ignore(const char*, void*) {}

bool is_jp2(const byte_source& from) {
  std::array<uint8_t, 12> head{};
  from.read(0, head.data(), head.size());
  return std::memcmp(head.data() + 4, "jP  ", 4) == 0;
}

} // namespace

codestream::codestream(const byte_source& from, int32_t reduce)
  : at_{&from},
    codec_{opj_create_decompress(is_jp2(from) ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K)},
    stream_{opj_stream_default_create(OPJ_TRUE)} {
  if (!codec_ || !stream_)
    throw failure{errc::unreadable, "no memory for a JPEG 2000 decoder"};
  opj_stream_set_user_data(stream_.get(), &at_, nullptr);
  opj_stream_set_user_data_length(stream_.get(), from.size);
  opj_stream_set_read_function(stream_.get(), read_on);
  opj_stream_set_skip_function(stream_.get(), skip);
  opj_stream_set_seek_function(stream_.get(), seek);
  opj_set_error_handler(codec_.get(), complain, &complaint_);
  opj_set_warning_handler(codec_.get(), ignore, nullptr);
  opj_set_info_handler(codec_.get(), ignore, nullptr);
  opj_dparameters_t how;
  opj_set_default_decoder_parameters(&how);
  how.cp_reduce = static_cast<uint32_t>(reduce);
  opj_image_t* image = nullptr;
  const auto good = opj_setup_decoder(codec_.get(), &how)
                    && opj_read_header(stream_.get(), codec_.get(), &image);
  image_.reset(image);
  if (!good || !image)
    refuse();
}

opj_info codestream::info() const {
  opj_info found{opj_get_cstr_info(codec_.get())};
  if (!found || !found->m_default_tile_info.tccp_info)
    refuse();
  return found;
}

const opj_image_t& codestream::decode(int64_t left, int64_t top, int64_t right,
                                      int64_t bottom) {
  if (!opj_set_decode_area(codec_.get(), image_.get(), static_cast<int32_t>(left),
                           static_cast<int32_t>(top), static_cast<int32_t>(right),
                           static_cast<int32_t>(bottom))
      || !opj_decode(codec_.get(), stream_.get(), image_.get()))
    refuse();
  return *image_;
}

void codestream::refuse() const {
  auto text = clean_text(complaint_, 200);
  text.erase(text.find_last_not_of(" \n\t") + 1);
  throw failure{errc::unreadable,
                "not a valid JPEG 2000: " + (text.empty() ? "it is broken" : text)};
}

} // namespace troupe::formats
