#include "storage/inspect/candidates.hpp"
#include "storage/natural_order.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using paths = std::vector<std::string>;

TEST_CASE("natural order: numbers by value") {
  CHECK(natural_less("z2.tif", "z10.tif"));
  CHECK(!natural_less("z10.tif", "z2.tif"));
  CHECK(natural_less("z", "z1"));
  CHECK(natural_less("a1b2", "a1b10"));
  CHECK(natural_less("01", "1"));
  CHECK(!natural_less("1", "01"));
  CHECK(!natural_less("x", "x"));
}

TEST_CASE("candidates: what describes others comes first, then as people count") {
  CHECK(candidates_among({"set/z10.tif", "set/z2.tif", "b.xml", "set/z.companion.ome"})
        == paths{"set/z.companion.ome", "b.xml", "set/z2.tif", "set/z10.tif"});
}

TEST_CASE("candidates: a Zarr folder is one, whatever lies in it") {
  CHECK(candidates_among({"p.zarr/A/1/.zattrs", "p.zarr/.zgroup", "p.zarr/A/1/0/0/0",
                          "other.tif", "v3/zarr.json", "v3/0/zarr.json", "v3/0/c/0"})
        == paths{"p.zarr", "v3", "other.tif"});
  CHECK(candidates_among({".zattrs", "0/.zarray", "0/0"}) == paths{""});
}

TEST_CASE("candidates: metadata beside a Zarr folder belongs to it") {
  CHECK(candidates_among(
          {"x/METADATA.ome.xml", "x/data.zarr/.zgroup", "x/data.zarr/0/.zattrs", "y.tif"})
        == paths{"x", "y.tif"});
  CHECK(candidates_among({"x/METADATA.ome.xml", "y.tif"})
        == paths{"x/METADATA.ome.xml", "y.tif"});
}

TEST_CASE("candidates: what lies in a folder") {
  CHECK(lies_in("a/b", "a"));
  CHECK(lies_in("a", "a"));
  CHECK(lies_in("a", ""));
  CHECK(!lies_in("ab", "a"));
  CHECK(!lies_in("a", "a/b"));
}
