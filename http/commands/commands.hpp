// The command line: one file and one row per verb.

#pragma once

#include "http/settings.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <vector>

namespace troupe::http {

/// Exit codes of every verb.
enum exit_code : int { all_done = 0, nothing_done = 1, wrong_usage = 2, partly_done = 3 };

struct command {
  const char* name;
  const char* summary;
  /// Adds the options. @returns what runs when the verb was chosen.
  std::function<std::function<int()>(CLI::App&)> add;
};

extern const std::vector<command> commands;

std::function<int()> add_serve(CLI::App& verb);
std::function<int()> add_config(CLI::App& verb);
std::function<int()> add_formats(CLI::App& verb);
std::function<int()> add_group(CLI::App& verb);
std::function<int()> add_import(CLI::App& verb);
std::function<int()> add_inspect(CLI::App& verb);
std::function<int()> add_user(CLI::App& verb);

/// The settings as flags of a verb; read them when the verb runs.
class setting_flags {
public:
  explicit setting_flags(CLI::App& verb);
  loaded_settings load() const;

private:
  struct values {
    std::string file;
    std::map<std::string, std::string> given;
  };
  std::shared_ptr<values> values_ = std::make_shared<values>();
};

} // namespace troupe::http
