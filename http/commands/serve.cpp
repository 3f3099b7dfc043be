#include "http/commands/commands.hpp"
#include "http/log.hpp"
#include "http/server.hpp"

namespace troupe::http {

std::function<int()> add_serve(CLI::App& verb) {
  return [settings = setting_flags{verb}] {
    auto config = settings.load().values;
    start_log(config);
    return serve(config);
  };
}

} // namespace troupe::http
