#include "storage/render/level_source.hpp"

#include "storage/render/row_kernels.hpp"
#include "storage/render/sample_type.hpp"

#include <cstring>
#include <numeric>

namespace troupe::render {
namespace {

bool is_identity(const level_table& table) {
  for (size_t i = 0; i < table.size(); ++i)
    if (table[i] != i)
      return false;
  return true;
}

} // namespace

level_source::level_source(const raw_plane& plane, const quantisation& q)
  : samples_{plane.samples.data()},
    width_{static_cast<size_t>(plane.width)},
    type_{plane.type} {
  static thread_local level_tables tables;
  if (bytes_of(type_) == 1) {
    table_ = std::make_shared<const level_table>(make_level_table(q));
    samples_are_levels_ = is_identity(*table_);
    return;
  }
  levels_.emplace(q);
  if (levels_->line()) {
    reversed_ = q.inverted;
    if (bytes_of(type_) == 2)
      integers_ = integer_line_of(*levels_->line(), type_);
  } else if (bytes_of(type_) == 2) {
    table_ = tables.get(q);
  }
}

const uint8_t* level_source::row(int32_t y, size_t x, size_t count,
                                 uint8_t* scratch) const {
  const auto samples = samples_ + (static_cast<size_t>(y) * width_ + x) * bytes_of(type_);
  if (samples_are_levels_)
    return samples;
  if (table_)
    look_up(samples, count, scratch);
  else if (integers_)
    kernels::integer_levels(samples, count, *integers_, scratch);
  else if (levels_->line())
    kernels::line_levels(type_, samples, count, *levels_->line(), scratch);
  else
    compute_each(samples, count, scratch);
  return scratch;
}

void level_source::look_up(const uint8_t* samples, size_t count, uint8_t* to) const {
  const auto table = table_->data();
  if (bytes_of(type_) == 1) {
    for (size_t x = 0; x < count; ++x)
      to[x] = table[samples[x]];
    return;
  }
  for (size_t x = 0; x < count; ++x) {
    uint16_t pattern;
    std::memcpy(&pattern, samples + 2 * x, 2);
    to[x] = table[pattern];
  }
}

void level_source::compute_each(const uint8_t* samples, size_t count, uint8_t* to) const {
  with_sample_type(type_, [&]<class Sample>(Sample) {
    for (size_t x = 0; x < count; ++x) {
      Sample v;
      std::memcpy(&v, samples + x * sizeof v, sizeof v);
      to[x] = levels_->level(static_cast<double>(v));
    }
  });
}

} // namespace troupe::render
