#include "storage/render/overview.hpp"

#include "tests/unit/storage/memory_fileset.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::render;

namespace {

/// Counts what is asked of it: samples grow from 0 to 249 from top to bottom.
class counting_reader : public formats::reader {
public:
  explicit counting_reader(extent size)
    : from_{std::make_shared<test::memory_fileset>(
      test::memory_image{.size = {size.width, size.height},
                         .tile = {1024, 256},
                         .fill = [height = size.height](int32_t, int32_t y, int32_t,
                                                        plane_index, uint8_t* to) {
                           *to = static_cast<uint8_t>(int64_t{y} * 250 / height);
                         }})} {}
  const formats::description& describe() const override { return from_.describe(); }
  std::vector<raw_plane> read(const formats::block& b) override {
    blocks.push_back(b.where);
    return from_.read(b);
  }
  std::vector<region> blocks;

private:
  formats::fileset_reader from_;
};

const settings even_grey{.model = model::greyscale,
                         .channels = {{.index = 0, .start = 0, .end = 255}}};

} // namespace

TEST_CASE("overview: a small part is read at once, just that") {
  counting_reader from{{300, 500}};
  const auto p = overview(from, {.where = {10, 100, 20, 40}}, even_grey, 8, {10, 20});
  CHECK(from.blocks == std::vector<region>{{10, 100, 20, 40}});
  CHECK(p.width == 10);
  CHECK(p.height == 20);
  for (int32_t row = 0; row < 20; ++row) // two rows of the source have the same value
    CHECK(p.rgb.at(static_cast<size_t>(row) * 30) == 50 + row);
}

TEST_CASE("overview: much is read band by band, and each row counts once") {
  counting_reader from{{6000, 5000}};
  const auto p = overview(from, 0, {}, even_grey, 8, {3, 50});
  CHECK(from.blocks.size() > 1);
  int32_t next = 0;
  for (auto& b : from.blocks) {
    CHECK(b.y == next);
    CHECK(b.width == 6000);
    next += b.height;
  }
  CHECK(next == 5000);
  for (int32_t row = 0; row < 50; ++row) // a hundred rows: five values, twenty of each
    CHECK(p.rgb.at(static_cast<size_t>(row) * 9) == 5 * row + 2);
}
