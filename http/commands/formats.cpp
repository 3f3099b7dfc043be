#include "http/commands/commands.hpp"
#include "storage/formats/format.hpp"

#include <fmt/format.h>

namespace troupe::http {

std::function<int()> add_formats(CLI::App&) {
  return [] {
    for (auto& f : formats::all)
      fmt::print("{:<20} {}\n", f.name, f.reads);
    return static_cast<int>(all_done);
  };
}

} // namespace troupe::http
