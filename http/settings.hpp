// Where settings come from: default < TOML file < environment < flag.

#pragma once

#include "actors/configuration.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace troupe::http {

/// One setting. In the file it is `key`, in the environment TROUPE_KEY, as a flag --key
/// with dashes. Lists are separated by commas outside the file.
struct setting {
  const char* key;
  const char* help;
  std::function<void(configuration&, const std::string&)>
    set; ///< @throws failure{bad_request}
  std::function<std::string(const configuration&)> get;
};

/// Every setting there is.
const std::vector<setting>& all_settings();

struct loaded_settings {
  configuration values;
  std::map<std::string, std::string>
    source; ///< key -> "default", the file, the variable, the flag
};

/// A setting as people may read it.
struct shown_setting {
  std::string key, help, value, source;
};
/// Every setting; the password in a database's address is left out.
std::vector<shown_setting> shown_settings(const loaded_settings& loaded);

/// @param flags  key -> value, as given on the command line.
/// @throws failure{bad_request} naming an unknown key, with the one that was probably
///         meant, or a value that does not fit.
loaded_settings load_settings(const std::string& file,
                              const std::map<std::string, std::string>& environment,
                              const std::map<std::string, std::string>& flags);

/// The TROUPE_ variables of this process.
std::map<std::string, std::string> troupe_environment();

} // namespace troupe::http
