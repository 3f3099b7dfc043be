#include "tests/bench/best_times.hpp"

#include <algorithm>

namespace troupe::bench {

void best_times::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> shown;
  for (auto& r : runs) {
    if (r.run_type != Run::RT_Iteration || r.repetitions <= 1)
      shown.push_back(r);
    if (r.run_type != Run::RT_Iteration || r.error_occurred)
      continue;
    const auto ns = 1e9 / static_cast<double>(r.iterations);
    const times now{r.real_accumulated_time * ns, r.cpu_accumulated_time * ns};
    auto& best = best_.emplace(r.run_name.function_name, now).first->second;
    best = {std::min(best.wall, now.wall), std::min(best.cpu, now.cpu)};
  }
  ConsoleReporter::ReportRuns(shown);
}

best_times::times best_times::of(const std::string& name) const {
  const auto found = best_.find(name);
  return found == best_.end() ? times{} : found->second;
}

} // namespace troupe::bench
