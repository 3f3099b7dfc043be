#include "http/commands/commands.hpp"
#include "storage/failure.hpp"
#include "storage/inspect/inspection.hpp"

#include <fmt/format.h>

#include <map>

namespace troupe::http {

namespace {

/// How many of a list have which name: "region mask    2 Rectangle".
template <class Items, class Name>
void print_counts(const std::string& what, const Items& items, Name name) {
  std::map<std::string, int> counts;
  for (auto& item : items)
    ++counts[std::string{name(item)}];
  for (auto& [kind, count] : counts)
    fmt::print("{:<24} {} {}\n", what, count, kind);
}

void print(const metadata::document& about) {
  for (auto& instrument : about.instruments)
    print_counts("instrument", instrument.parts, [](auto& part) { return part.kind; });
  for (auto& roi : about.rois)
    print_counts("region " + roi.name, roi.shapes,
                 [](auto& shape) { return name_of(shape.kind); });
  print_counts("annotations", about.annotations, [](auto& a) { return name_of(a.kind); });
  for (auto& plate : about.plates)
    fmt::print("{:<24} {}, {} wells, {} runs\n", "plate", plate.name, plate.wells.size(),
               plate.runs.size());
}

constexpr size_t most_files = 20; ///< listed one by one

void print_channel(const formats::channel& c, size_t number, const channel_range* range) {
  fmt::print("  channel {} {}", number, c.name);
  if (c.color)
    fmt::print("  #{:02x}{:02x}{:02x}", c.color->red, c.color->green, c.color->blue);
  if (c.excitation)
    fmt::print("  excitation {} nm", *c.excitation);
  if (c.emission)
    fmt::print("  emission {} nm", *c.emission);
  if (range)
    fmt::print("  {} to {}", range->min, range->max);
  fmt::print("\n");
}

void print_levels(const formats::series& s) {
  for (auto& l : s.levels)
    fmt::print("  level   {} x {}\n", l.width, l.height);
  fmt::print("  tiles   {} x {}\n", s.tile.width, s.tile.height);
}

void print_scales(const formats::series& s) {
  for (auto& [axis, size] : {std::pair{'x', s.physical_x}, std::pair{'y', s.physical_y},
                             std::pair{'z', s.physical_z}})
    if (size)
      fmt::print("  pixel {} {} {}\n", axis, size->value, size->unit);
  if (s.time_increment)
    fmt::print("  step  t {} {}\n", s.time_increment->value, s.time_increment->unit);
  if (!s.acquired.empty())
    fmt::print("  taken   {}\n", s.acquired);
}

void print_series(const inspection& found, size_t i) {
  auto& s = found.what.images[i];
  fmt::print("series {:<3} {} x {}, z {}, c {}, t {}, {}{}  {}\n", i, s.size.x, s.size.y,
             s.size.z, s.size.c, s.size.t, name_of(s.type), s.rgb ? ", rgb" : "", s.name);
  print_levels(s);
  for (size_t c = 0; c < s.channels.size(); ++c) {
    const auto known = i < found.measured.size() && c < found.measured[i].channels.size();
    print_channel(s.channels[c], c + 1, known ? &found.measured[i].channels[c] : nullptr);
  }
  print_scales(s);
  if (!s.planes.empty())
    fmt::print("  planes  {} with times or positions\n", s.planes.size());
}

void print(const inspection& found) {
  fmt::print("format    {}\n", found.what.format);
  auto& files = found.what.files;
  for (size_t i = 0; i < std::min(files.size(), most_files); ++i)
    fmt::print("{:<9} {}\n", i == 0 ? "files" : "", files[i]);
  if (files.size() > most_files)
    fmt::print("{:<9} and {} more\n", "", files.size() - most_files);
  for (auto& warning : found.what.warnings)
    fmt::print("warning   {}\n", warning);
  for (size_t i = 0; i < found.what.images.size(); ++i)
    print_series(found, i);
  for (auto& [key, value] : found.what.facts)
    fmt::print("{:<24} {}\n", key, value);
  print(found.what.about);
}

} // namespace

std::function<int()> add_inspect(CLI::App& verb) {
  struct words {
    inspection_request request;
    std::string file;
    int64_t seconds = 600;
    derivation derive;
    bool child = false, quick = false;
  };
  auto w = std::make_shared<words>();
  verb.add_option("file,--file", w->file, "an image file or folder")->required();
  verb.add_flag("--quick", w->quick, "do not read every plane");
  verb
    .add_flag("--child", w->child,
              "for the server: limit this process, answer in JSON lines")
    ->group("");
  verb.add_option("--measure-up-to", w->request.measure_up_to, "bytes of samples read")
    ->group("");
  verb.add_option("--memory-limit", w->request.memory_limit, "bytes of address space")
    ->group("");
  verb.add_option("--derive", w->derive.folder, "where its pyramid goes")->group("");
  verb.add_option("--series", w->derive.series, "of the pyramid")->group("");
  verb.add_option("--derive-limit", w->derive.most_bytes, "bytes it may take")->group("");
  verb.add_option("--deadline", w->seconds, "seconds")->group("");
  return [w] {
    w->request.file = w->file;
    w->request.deadline = std::chrono::seconds{w->seconds};
    if (!w->derive.folder.empty())
      w->request.derive = w->derive;
    if (w->child)
      return inspect_child_main(w->request);
    if (w->quick)
      w->request.measure_up_to = 0;
    print(inspect_here(w->request, [](double) {}));
    return static_cast<int>(all_done);
  };
}

} // namespace troupe::http
