// troupe: the command line.

#include "http/commands/commands.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <cstdio>

int main(int argc, char** argv) {
  using namespace troupe;
  using namespace troupe::http;
  CLI::App app{"Troupe: an image data server for microscopy"};
  app.set_version_flag("--version", std::string{"troupe "} + TROUPE_VERSION);
  app.require_subcommand(1);
  std::vector<std::pair<CLI::App*, std::function<int()>>> verbs;
  for (auto& c : commands) {
    auto* verb = app.add_subcommand(c.name, c.summary);
    verbs.emplace_back(verb, c.add(*verb));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    return app.exit(e) == 0 ? all_done : wrong_usage;
  }
  try {
    for (auto& [verb, run] : verbs)
      if (verb->parsed())
        return run();
  } catch (const failure& e) {
    fmt::print(stderr, "troupe: {}\n", e.what());
    return e.code == errc::bad_request ? wrong_usage : nothing_done;
  } catch (const std::exception& e) {
    fmt::print(stderr, "troupe: {}\n", e.what());
  }
  return nothing_done;
}
