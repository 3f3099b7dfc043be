#include "storage/render/lookup_table.hpp"
#include "storage/render/shade.hpp"

#include <doctest/doctest.h>
#include <numeric>

using namespace troupe;
using namespace troupe::render;

namespace {

/// What all levels add to sums of 0 and of 100.
void check_added(const shade::table& table, bool reversed) {
  std::vector<uint8_t> levels(256);
  std::iota(levels.begin(), levels.end(), uint8_t{0});
  const shade s{table, reversed};
  for (int before : {0, 100}) {
    std::vector<uint8_t> sums(256, static_cast<uint8_t>(before)), wanted;
    s.add(levels.data(), levels.size(), sums.data());
    for (size_t i = 0; i < 256; ++i)
      wanted.push_back(
        static_cast<uint8_t>(std::min(255, before + table[reversed ? 255 - i : i])));
    CHECK(sums == wanted);
  }
}

} // namespace

TEST_CASE("shade: every component and alpha adds what the formula says") {
  for (int component = 0; component < 256; ++component)
    for (int alpha : {255, 254, 128, 1, 0}) {
      CAPTURE(component);
      CAPTURE(alpha);
      const auto table =
        shades_of({static_cast<uint8_t>(component), 0, 0, static_cast<uint8_t>(alpha)})
          .components[0];
      check_added(table, false);
      check_added(table, true);
    }
}

TEST_CASE("shade: any table is added") {
  shade::table table{};
  for (size_t i = 0; i < table.size(); ++i)
    table[i] = static_cast<uint8_t>(i * 37);
  check_added(table, false);
  check_added(table, true);
}
