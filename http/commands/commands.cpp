#include "http/commands/commands.hpp"

#include <algorithm>

namespace troupe::http {

const std::vector<command> commands{
  {"serve", "run the server", add_serve},
  {"import", "send images to a server", add_import},
  {"inspect", "show what a reader sees in a file or folder", add_inspect},
  {"formats", "list what is read", add_formats},
  {"user", "add accounts, set passwords", add_user},
  {"group", "make groups, change their levels and members", add_group},
  {"config", "print every setting and where it comes from", add_config},
};

setting_flags::setting_flags(CLI::App& verb) {
  verb.add_option("--config", values_->file, "TOML file with settings")
    ->check(CLI::ExistingFile);
  for (auto& s : all_settings()) {
    auto flag = "--" + std::string{s.key};
    std::replace(flag.begin(), flag.end(), '_', '-');
    verb.add_option_function<std::string>(
      flag,
      [v = values_, key = std::string{s.key}](const std::string& text) {
        v->given[key] = text;
      },
      s.help);
  }
}

loaded_settings setting_flags::load() const {
  return load_settings(values_->file, troupe_environment(), values_->given);
}

} // namespace troupe::http
