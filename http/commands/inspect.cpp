#include "http/commands/commands.hpp"
#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"

#include <fmt/format.h>

namespace troupe::http {

namespace {

void print(const inspection& found) {
  fmt::print("format    {}\n", found.what.format);
  for (size_t i = 0; i < found.what.images.size(); ++i) {
    auto& s = found.what.images[i];
    fmt::print("series {:<3} {} x {}, z {}, c {}, t {}, {}{}  {}\n", i, s.size.x,
               s.size.y, s.size.z, s.size.c, s.size.t, name_of(s.type),
               s.rgb ? ", rgb" : "", s.name);
    for (auto& l : s.levels)
      fmt::print("  level   {} x {}\n", l.width, l.height);
    for (size_t c = 0; c < s.channels.size(); ++c) {
      fmt::print("  channel {} {}", c + 1, s.channels[c].name);
      if (i < found.measured.size() && c < found.measured[i].channels.size())
        fmt::print("  {} to {}", found.measured[i].channels[c].min,
                   found.measured[i].channels[c].max);
      fmt::print("\n");
    }
    for (auto& [axis, size] : {std::pair{'x', s.physical_x}, std::pair{'y', s.physical_y},
                               std::pair{'z', s.physical_z}})
      if (size)
        fmt::print("  pixel {} {} {}\n", axis, size->value, size->unit);
  }
  for (auto& [key, value] : found.what.facts)
    fmt::print("{:<24} {}\n", key, value);
}

} // namespace

std::function<int()> add_inspect(CLI::App& verb) {
  struct words {
    inspection_request request;
    std::string file;
    int64_t seconds = 600;
    bool child = false, quick = false;
  };
  auto w = std::make_shared<words>();
  verb.add_option("file,--file", w->file, "an image file")->required();
  verb.add_flag("--quick", w->quick, "do not read every plane");
  verb
    .add_flag("--child", w->child,
              "for the server: limit this process, answer in JSON lines")
    ->group("");
  verb.add_option("--measure-up-to", w->request.measure_up_to, "bytes of samples read")
    ->group("");
  verb.add_option("--memory-limit", w->request.memory_limit, "bytes of address space")
    ->group("");
  verb.add_option("--deadline", w->seconds, "seconds")->group("");
  return [w] {
    w->request.file = w->file;
    w->request.deadline = std::chrono::seconds{w->seconds};
    if (w->child)
      return inspect_child_main(w->request);
    if (w->quick)
      w->request.measure_up_to = 0;
    print(inspect_here(w->request, [](double) {}));
    return static_cast<int>(all_done);
  };
}

} // namespace troupe::http
