#include "storage/failure.hpp"
#include "storage/formats/format.hpp"
#include "storage/inspect/grouping.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using words = std::vector<std::string>;

namespace {

inspection set_of(words files) {
  inspection found;
  found.what.files = std::move(files);
  return found;
}

/// A reader that knows three formats by name.
inspection look(const std::string& path) {
  if (path.ends_with(".companion.ome"))
    return set_of({"p.companion.ome", "z1.tif", "z2.tif"});
  if (path.ends_with("c0.tif") || path.ends_with("c1.tif"))
    return set_of({"c0.tif", "c1.tif"});
  if (path.ends_with(".zarr"))
    return set_of({".zattrs"});
  if (path.ends_with(".tif"))
    return set_of({path.substr(path.rfind('/') + 1)});
  if (path.ends_with(".broken"))
    throw failure{errc::unreadable, path + ": truncated"};
  throw formats::no_image{path + ": not an image"};
}

grouping grouped(words names) {
  grouping groups{std::move(names)};
  groups.run(look, [](double) {});
  return groups;
}

} // namespace

TEST_CASE("grouping: a set is one, whichever of its files is met first") {
  const auto groups = grouped({"s/c1.tif", "s/c0.tif", "a.tif"});
  REQUIRE(groups.sets.size() == 2);
  CHECK(groups.sets[1].folder == "s");
  CHECK(groups.sets[1].files == words{"c0.tif", "c1.tif"});
  CHECK(groups.sets[1].listed == words{"s/c0.tif", "s/c1.tif"});
  CHECK(groups.refusals.empty());
}

TEST_CASE("grouping: a companion file has its planes, others of the name are alone") {
  const auto groups = grouped({"s/z1.tif", "s/z2.tif", "s/p.companion.ome", "z1.tif"});
  REQUIRE(groups.sets.size() == 2);
  CHECK(groups.sets[0].listed == words{"s/p.companion.ome", "s/z1.tif", "s/z2.tif"});
  CHECK(groups.sets[1].listed == words{"z1.tif"});
}

TEST_CASE("grouping: a Zarr folder has all that lies in it") {
  const auto groups = grouped({"x.zarr/0/0/0", "x.zarr/.zattrs", "x.zarr/0/.zarray"});
  REQUIRE(groups.sets.size() == 1);
  CHECK(groups.sets[0].folder == "x.zarr");
  CHECK(groups.sets[0].files == words{".zattrs", "0/0/0", "0/.zarray"});
  CHECK(groups.sets[0].listed.size() == 3);
}

TEST_CASE("grouping: a file that was not sent stays in the set, but is not listed") {
  const auto groups = grouped({"c1.tif"});
  REQUIRE(groups.sets.size() == 1);
  CHECK(groups.sets[0].files == words{"c0.tif", "c1.tif"});
  CHECK(groups.sets[0].listed == words{"c1.tif"});
}

TEST_CASE("grouping: what is no image is skipped, what is broken refused") {
  const auto groups = grouped({"a.tif", "notes.txt", "b.broken", "v.zarr/zarr.json"});
  CHECK(groups.sets.size() == 2);
  REQUIRE(groups.refusals.size() == 2);
  CHECK(groups.refusals[0].listed == words{"b.broken"});
  CHECK_FALSE(groups.refusals[0].skipped);
  CHECK(groups.refusals[1].listed == words{"notes.txt"});
  CHECK(groups.refusals[1].skipped);
}

TEST_CASE("grouping: two filesets do not share a file") {
  const auto groups = grouped({"p.companion.ome", "q.companion.ome", "z1.tif", "z2.tif"});
  REQUIRE(groups.sets.size() == 1);
  REQUIRE(groups.refusals.size() == 1);
  CHECK(groups.refusals[0].listed == words{"q.companion.ome"});
}

TEST_CASE("grouping: a fault that is not the file's ends it") {
  grouping groups{{"a.tif"}};
  CHECK_THROWS_AS(groups.run(
                    [](auto&) -> inspection {
                      throw failure{errc::gone, "cancelled"};
                    },
                    [](double) {}),
                  failure);
}
