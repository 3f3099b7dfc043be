#include "storage/encode/jpeg_encoder.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <array>

namespace troupe {
namespace {

constexpr int32_t rows_at_once = 16; // of an MCU
constexpr int slow_percent = 96;     // from here on the exact transform is worth it

} // namespace

jpeg_encoder& jpeg_encoder::of(j_common_ptr state) {
  return *static_cast<jpeg_encoder*>(state->client_data);
}

jpeg_encoder& jpeg_encoder::of_thread() {
  static thread_local jpeg_encoder encoder;
  return encoder;
}

template <class Call>
void jpeg_encoder::guarded(Call call) {
  if (setjmp(on_error_) == 0)
    return call();
  std::array<char, JMSG_LENGTH_MAX> reason{};
  errors_.format_message(reinterpret_cast<j_common_ptr>(&state_), reason.data());
  jpeg_abort_compress(&state_);
  throw failure{errc::internal, std::string{"JPEG: "} + reason.data()};
}

jpeg_encoder::jpeg_encoder() : bytes_(64 << 10) {
  state_.err = jpeg_std_error(&errors_);
  errors_.error_exit = [](j_common_ptr s) { std::longjmp(of(s).on_error_, 1); };
  errors_.output_message = [](j_common_ptr) {};
  state_.client_data = this;
  guarded([this] { jpeg_create_compress(&state_); });
  sink_.init_destination = [](j_compress_ptr s) {
    auto& self = of(reinterpret_cast<j_common_ptr>(s));
    self.sink_.next_output_byte = self.bytes_.data();
    self.sink_.free_in_buffer = self.bytes_.size();
  };
  sink_.empty_output_buffer = [](j_compress_ptr s) -> boolean {
    of(reinterpret_cast<j_common_ptr>(s)).grow();
    return TRUE;
  };
  sink_.term_destination = [](j_compress_ptr) {};
  state_.dest = &sink_;
}

jpeg_encoder::~jpeg_encoder() {
  jpeg_destroy_compress(&state_);
}

void jpeg_encoder::grow() {
  const auto used = bytes_.size(); // libjpeg says so only when all are
  bytes_.resize(2 * used);
  sink_.next_output_byte = bytes_.data() + used;
  sink_.free_in_buffer = bytes_.size() - used;
}

void jpeg_encoder::start(const jpeg_band& band) {
  guarded([&] {
    state_.image_width = static_cast<JDIMENSION>(band.size.width);
    state_.image_height = static_cast<JDIMENSION>(band.size.height);
    state_.input_components = 3;
    state_.in_color_space = JCS_RGB;
    jpeg_set_defaults(&state_); // 4:2:0
    jpeg_set_quality(&state_, band.percent, TRUE);
    state_.dct_method = band.percent >= slow_percent ? JDCT_ISLOW : JDCT_FASTEST;
    state_.restart_interval = band.restart;
    jpeg_start_compress(&state_, TRUE);
  });
}

void jpeg_encoder::write(const uint8_t* pixels, int32_t rows) {
  std::array<JSAMPROW, rows_at_once> starts{};
  for (size_t y = 0; y < static_cast<size_t>(rows); ++y)
    starts[y] = const_cast<JSAMPROW>(pixels + y * state_.image_width * 3);
  guarded([&] {
    for (int32_t done = 0; done < rows;)
      done += static_cast<int32_t>(jpeg_write_scanlines(
        &state_, starts.data() + done, static_cast<JDIMENSION>(rows - done)));
  });
}

void jpeg_encoder::finish() {
  guarded([&] { jpeg_finish_compress(&state_); });
}

std::span<const uint8_t> jpeg_encoder::encode(const jpeg_band& band,
                                              const pixel_rows& rows) {
  jpeg_abort_compress(&state_); // an earlier picture may have been left half way
  scratch_.resize(static_cast<size_t>(band.size.width) * 3 * rows_at_once);
  start(band);
  for (int32_t y = 0; y < band.size.height; y += rows_at_once) {
    const auto count = std::min(rows_at_once, band.size.height - y);
    write(rows(band.top + y, count, scratch_.data()), count);
  }
  finish();
  return {bytes_.data(), bytes_.size() - sink_.free_in_buffer};
}

} // namespace troupe
