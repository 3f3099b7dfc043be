// What the levels of a channel add to one colour component.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace troupe::render {

/// Most components are nothing, the level itself or a fixed part of it: those are added
/// without a lookup.
class shade {
public:
  using table = std::array<uint8_t, 256>;
  /// @param reversed  the levels that will come are 255 - those of the table.
  explicit shade(const table& added, bool reversed = false);
  /// sums[x] = min(255, sums[x] + table[levels[x]])
  void add(const uint8_t* levels, size_t count, uint8_t* sums) const;

private:
  enum class kind : uint8_t { nothing, level, part, table };
  kind kind_ = kind::table;
  uint16_t factor_ = 0; // part: level * factor / 65536
  table added_;
};

} // namespace troupe::render
