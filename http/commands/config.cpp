#include "http/commands/commands.hpp"

#include <fmt/format.h>

namespace troupe::http {

std::function<int()> add_config(CLI::App& verb) {
  return [settings = setting_flags{verb}] {
    for (auto& s : shown_settings(settings.load()))
      fmt::print("{:<24} {:<32} # {}\n", s.key, s.value, s.source);
    return all_done;
  };
}

} // namespace troupe::http
