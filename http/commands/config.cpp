#include "http/commands/commands.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

/// A database URI may hold a password.
std::string shown(const std::string& key, std::string value) {
  if (key != "database")
    return value;
  auto host = value.find('@');
  auto scheme = value.find("://");
  if (host == std::string::npos || scheme == std::string::npos)
    return value;
  auto colon = value.find(':', scheme + 3);
  return colon < host ? value.substr(0, colon) + ":***" + value.substr(host) : value;
}

} // namespace

std::function<int()> add_config(CLI::App& verb) {
  return [settings = setting_flags{verb}] {
    auto loaded = settings.load();
    for (auto& s : all_settings())
      fmt::print("{:<24} {:<32} # {}\n", s.key, shown(s.key, s.get(loaded.values)),
                 loaded.source.at(s.key));
    return all_done;
  };
}

} // namespace troupe::http
