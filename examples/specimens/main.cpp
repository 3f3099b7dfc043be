// specimens FOLDER [--small]: makes the images that the demo shows, sorted into folders;
// small ones for tests.

#include "examples/specimens/write.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string_view>

int main(int argc, char** argv) {
  using namespace troupe::specimens;
  auto small = argc == 3 && std::string_view{argv[2]} == "--small";
  if (argc != 2 && !small) {
    fmt::print(stderr, "usage: specimens FOLDER [--small]\n");
    return 2;
  }
  try {
    std::filesystem::path folder{argv[1]};
    for (auto* name : {"fluorescence", "histology", "planes"})
      std::filesystem::create_directories(folder / name);
    auto say = [](const char* what) {
      fmt::print("making {}\n", what);
      std::fflush(stdout);
    };
    say("a culture of cells: 4 channels, sections, time points");
    culture cells;
    if (small)
      cells = {.side = 200, .sections = 5, .times = 2};
    write_cells(cells, folder / "fluorescence" / "cell culture.ome.tif");
    say("a tissue section with a pyramid");
    tissue section;
    if (small)
      section = {.width = 1536, .height = 1024};
    write_tissue(section, folder / "histology" / "tissue section.ome.tif");
    say("single planes");
    for (auto [channel, name] : {std::pair{0, "nuclei.png"}, std::pair{1, "actin.png"},
                                 std::pair{2, "mitochondria.png"}})
      write_grey_png(cells, channel, folder / "planes" / name);
    auto side = section.height / 5;
    write_jpeg(section, section.width * 3 / 8, section.height * 2 / 5, side,
               folder / "planes" / "gland.jpg");
    write_jpeg(section, section.width * 4 / 7, section.height / 4, side,
               folder / "planes" / "stroma.jpg");
    if (!small)
      write_cells({.side = 384, .sections = 5, .times = 1},
                  folder / "fluorescence" / "cell culture, one time point.ome.tif");
  } catch (const std::exception& e) {
    fmt::print(stderr, "specimens: {}\n", e.what());
    return 1;
  }
}
