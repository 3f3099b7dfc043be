#include "storage/encode/jpeg_encoder.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe {
namespace {

constexpr int slow_percent = 96; // from here on the exact transform is worth it

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
    state_.in_color_space = JCS_YCbCr;
    jpeg_set_defaults(&state_); // 4:2:0
    state_.raw_data_in = TRUE;
    jpeg_set_quality(&state_, band.percent, TRUE);
    state_.dct_method = band.percent >= slow_percent ? JDCT_ISLOW : JDCT_FASTEST;
    state_.restart_interval = band.restart;
    jpeg_start_compress(&state_, TRUE);
  });
}

void jpeg_encoder::write() {
  guarded([&] { jpeg_write_raw_data(&state_, line_.planes(), mcu_line::rows); });
}

void jpeg_encoder::finish() {
  guarded([&] { jpeg_finish_compress(&state_); });
}

std::span<const uint8_t> jpeg_encoder::encode(const jpeg_band& band,
                                              const row_source& rows) {
  jpeg_abort_compress(&state_); // an earlier picture may have been left half way
  line_.set_width(band.size.width);
  start(band);
  for (int32_t y = 0; y < band.size.height; y += mcu_line::rows) {
    line_.fill(band.top + y, std::min(mcu_line::rows, band.size.height - y), rows);
    write();
  }
  finish();
  return {bytes_.data(), bytes_.size() - sink_.free_in_buffer};
}

} // namespace troupe
