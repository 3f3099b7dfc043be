// The times of Google Benchmark's benchmarks, to be put beside each other.

#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <string>

namespace troupe::bench {

/// The best times of each benchmark: what others do on the machine only adds to them.
class best_times : public benchmark::ConsoleReporter {
public:
  best_times() : ConsoleReporter{OO_None} {} // no colours: the output is kept
  /// Shows summaries of what is repeated.
  void ReportRuns(const std::vector<Run>& runs) override;
  /// Nanoseconds an iteration takes by the clock and on one core; 0 when it did not run.
  double wall(const std::string& name) const { return of(name).wall; }
  double cpu(const std::string& name) const { return of(name).cpu; }

private:
  struct times {
    double wall = 0, cpu = 0;
  };
  times of(const std::string& name) const;

  std::map<std::string, times> best_;
};

} // namespace troupe::bench
