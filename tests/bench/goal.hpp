// What a benchmark was to reach, and whether it did: a line that report.sh collects.

#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>

namespace troupe::bench {

enum class bound { at_most, at_least };

/// Prints "GOAL<tab>what<tab>value<tab>goal<tab>met" where met is yes or no.
/// @param unit  of both numbers: "x", "MPixel/s", "ms", "MB" ...
inline void report_goal(const std::string& what, double value, bound which, double goal,
                        const std::string& unit) {
  const auto met = which == bound::at_most ? value <= goal : value >= goal;
  fmt::print("GOAL\t{}\t{:.3g} {}\t{} {:.6g} {}\t{}\n", what, value, unit,
             which == bound::at_most ? "<=" : ">=", goal, unit, met ? "yes" : "no");
  std::fflush(stdout);
}

} // namespace troupe::bench
