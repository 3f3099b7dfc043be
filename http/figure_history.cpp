#include "http/figure_history.hpp"

#include "http/short_number.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace troupe::http {

using nlohmann::json;

namespace {

json as_told(double value) {
  if (!std::isfinite(value))
    return nullptr;
  const auto told = short_number(value);
  return std::abs(told) >= 100 || told == 0 ? json(std::llround(told)) : json(told);
}

figure_sample together(const std::deque<figure_sample>& all) {
  figure_sample out{all.back().at_ms, {}};
  for (size_t c = 0; c < figure_sample::columns; ++c) {
    const bool longest = c == figure_sample::queue_age || c == figure_sample::p99;
    double sum = 0, most = 0;
    int n = 0;
    for (auto& s : all)
      if (const auto v = s.values[c]; std::isfinite(v)) {
        sum += v;
        most = std::max(most, v);
        ++n;
      }
    out.values[c] = n == 0 ? std::nan("") : longest ? most : sum / n;
  }
  return out;
}

void push(std::deque<figure_sample>& ring, const figure_sample& s, size_t most) {
  ring.push_back(s);
  if (ring.size() > most)
    ring.pop_front();
}

} // namespace

json json_of(const figure_sample& s) {
  json out{{"at", s.at_ms}};
  for (size_t c = 0; c < figure_sample::columns; ++c)
    out[figure_sample::names[c]] = as_told(s.values[c]);
  return out;
}

void figure_history::add(const figure_sample& s) {
  std::lock_guard guard{mutex_};
  push(seconds_, s, seconds);
  lately_.push_back(s);
  if (lately_.back().at_ms - lately_.front().at_ms < 9500)
    return;
  push(tens_, together(lately_), tens);
  lately_.clear();
}

json figure_history::read(int step, int64_t since) const {
  std::deque<figure_sample> chosen;
  {
    std::lock_guard guard{mutex_};
    auto& ring = step == 1 ? seconds_ : tens_;
    std::copy_if(ring.begin(), ring.end(), std::back_inserter(chosen),
                 [&](auto& s) { return s.at_ms > since; });
  }
  json out{{"step", step}};
  auto& times = out["at"] = json::array();
  for (auto& s : chosen)
    times.push_back(s.at_ms);
  for (size_t c = 0; c < figure_sample::columns; ++c) {
    auto& line = out[figure_sample::names[c]] = json::array();
    for (auto& s : chosen)
      line.push_back(as_told(s.values[c]));
  }
  return out;
}

} // namespace troupe::http
