#include "http/commands/import_progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace troupe::http {

namespace {

std::string size_text(double bytes) {
  for (auto* unit : {"B", "KB", "MB", "GB"}) {
    if (bytes < 1000)
      return fmt::format("{:.{}f} {}", bytes, bytes < 10 ? 1 : 0, unit);
    bytes /= 1000;
  }
  return fmt::format("{:.1f} TB", bytes);
}

std::string time_text(double seconds) {
  auto s = static_cast<int64_t>(seconds);
  return s < 60     ? fmt::format("{} s", s)
         : s < 3600 ? fmt::format("{}:{:02} min", s / 60, s % 60)
                    : fmt::format("{}:{:02} h", s / 3600, s / 60 % 60);
}

} // namespace

import_progress_line::import_progress_line(size_t images, int64_t bytes, bool quiet)
  : images_{images},
    total_{bytes},
    terminal_{::isatty(STDERR_FILENO) == 1},
    quiet_{quiet} {}

import_progress_line::~import_progress_line() {
  if (terminal_ && !quiet_)
    fmt::print(stderr, "\r\x1b[K");
}

void import_progress_line::add_bytes(int64_t n) {
  bytes_ += n;
  show();
}

void import_progress_line::say(const std::string& line) {
  if (quiet_)
    return;
  fmt::print(stderr, "{}{}\n", terminal_ ? "\r\x1b[K" : "", line);
  show(true);
}

void import_progress_line::show(bool now) {
  auto due =
    terminal_ ? std::chrono::milliseconds{100} : std::chrono::milliseconds{10'000};
  if (quiet_ || (!(now && terminal_) && clock::now() - shown_ < due))
    return;
  shown_ = clock::now();
  auto seconds = std::chrono::duration<double>(shown_ - start_).count();
  auto rate = seconds > 0 ? static_cast<double>(bytes_) / seconds : 0;
  auto left = rate > 0 ? static_cast<double>(total_ - bytes_) / rate : 0;
  fmt::print(stderr, "{}{} of {} images, {} of {}, {}/s, {} left{}",
             terminal_ ? "\r\x1b[K" : "", sent_, images_,
             size_text(static_cast<double>(bytes_)),
             size_text(static_cast<double>(total_)), size_text(rate), time_text(left),
             terminal_ ? "" : "\n");
  std::fflush(stderr);
}

} // namespace troupe::http
