// specimens FOLDER: makes the images that the demo shows, sorted into folders.

#include "examples/specimens/write.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

int main(int argc, char** argv) {
  using namespace troupe::specimens;
  if (argc != 2) {
    fmt::print(stderr, "usage: specimens FOLDER\n");
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
    say("a culture of cells: 4 channels, 7 sections, 3 time points");
    culture cells;
    write_cells(cells, folder / "fluorescence" / "cell culture.ome.tif");
    culture small{.side = 384, .sections = 5, .times = 1};
    write_cells(small, folder / "fluorescence" / "cell culture, one time point.ome.tif");
    say("a tissue section: 6144 x 4608 pixels, with a pyramid");
    tissue section;
    write_tissue(section, folder / "histology" / "tissue section.ome.tif");
    say("single planes");
    for (auto [channel, name] : {std::pair{0, "nuclei.png"}, std::pair{1, "actin.png"}, std::pair{2, "mitochondria.png"}})
      write_grey_png(cells, channel, folder / "planes" / name);
    write_jpeg(section, 2300, 1900, 900, folder / "planes" / "gland.jpg");
    write_jpeg(section, 3500, 1200, 900, folder / "planes" / "stroma.jpg");
  } catch (const std::exception& e) {
    fmt::print(stderr, "specimens: {}\n", e.what());
    return 1;
  }
}
