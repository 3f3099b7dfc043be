#include "storage/render/project_kernels.hpp"
#include "storage/render/sample_type.hpp"

#include <cstring>

namespace troupe::render::kernels::plain {

void raise(pixel_type type, const uint8_t* samples, size_t count, uint8_t* highest) {
  with_sample_type(type, [&]<class Sample>(Sample) {
    for (size_t x = 0; x < count * sizeof(Sample); x += sizeof(Sample)) {
      Sample sample, most;
      std::memcpy(&sample, samples + x, sizeof sample);
      std::memcpy(&most, highest + x, sizeof most);
      if (sample > most)
        std::memcpy(highest + x, &sample, sizeof sample);
    }
  });
}

void add_samples(pixel_type type, const uint8_t* samples, size_t count, double* sums) {
  with_sample_type(type, [&]<class Sample>(Sample) {
    for (size_t x = 0; x < count; ++x) {
      Sample sample;
      std::memcpy(&sample, samples + x * sizeof sample, sizeof sample);
      sums[x] += static_cast<double>(sample);
    }
  });
}

} // namespace troupe::render::kernels::plain
