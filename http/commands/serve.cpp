#include "http/commands/commands.hpp"
#include "http/log.hpp"
#include "http/server.hpp"

namespace troupe::http {

std::function<int()> add_serve(CLI::App& verb) {
  return [settings = setting_flags{verb}] {
    const auto loaded = settings.load();
    start_log(loaded.values);
    return serve(loaded);
  };
}

} // namespace troupe::http
