// Images of OMERO's JSON API, value by value.

#include "tests/support/omero_client.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

json omero_micrometres(double value) {
  return {{"@type", "TBD#LengthI"},
          {"Unit", "MICROMETER"},
          {"Symbol", "\u00b5m"},
          {"Value", value}};
}

} // namespace

TEST_CASE("omero api images: lists have pixels with a type, single ones channels") {
  auto who = omero_newcomer("api.images.stack", "private");
  const auto id = import_image(who.own, "cell.ome.tif", stack{}.bytes());
  const auto listed = who.omero.data("/api/v0/m/images/").at(0);
  CHECK(listed.at("@type") == omero_type("Image"));
  CHECK(listed.at("Name") == "cell.ome.tif");
  CHECK(listed.at("omero:series") == 0);
  const auto pixels = listed.at("Pixels");
  CHECK(pixels.at("@type") == omero_type("Pixels"));
  CHECK(pixels.at("SizeX") == stack::width);
  CHECK(pixels.at("SizeY") == stack::height);
  CHECK(pixels.at("SizeZ") == stack::sections);
  CHECK(pixels.at("SizeC") == stack::channels);
  CHECK(pixels.at("SizeT") == stack::times);
  CHECK(pixels.at("SignificantBits") == 16);
  CHECK(pixels.at("PhysicalSizeX") == omero_micrometres(0.65));
  CHECK(pixels.at("Type").at("@type") == "TBD#PixelsType");
  CHECK(pixels.at("Type").at("@id") == 6);
  CHECK(pixels.at("Type").at("value") == "uint16");
  CHECK(!pixels.contains("Channels"));
  const auto base = shared_server().url() + "/api/v0/m/";
  CHECK(listed.at("url:image") == fmt::format("{}images/{}/", base, id));
  CHECK(listed.at("url:datasets") == fmt::format("{}images/{}/datasets/", base, id));

  const auto single = who.omero.data(fmt::format("/api/v0/m/images/{}", id));
  CHECK(!single.contains("url:image"));
  CHECK(single.at("url:rois") == fmt::format("{}images/{}/rois/", base, id));
  CHECK(single.at("omero:details").at("permissions").at("perm") == "rw----");
  CHECK(single.at("omero:format").at("value") == "OME-TIFF");
  const auto channels = single.at("Pixels").at("Channels");
  REQUIRE(channels.size() == 2);
  CHECK(channels.at(0).at("@type") == omero_type("Channel"));
  CHECK(channels.at(0).at("Name") == "DAPI");
  CHECK(channels.at(0).at("Color") == 65535);
  CHECK(channels.at(1).at("Name") == "GFP");
  CHECK(channels.at(1).at("Color") == 16711935);
  CHECK(channels.at(1).at("SamplesPerPixel") == 1);
  CHECK(channels.at(1).at("omero:LogicalChannelId").is_number_integer());
  CHECK(channels.at(1).at("omero:photometricInterpretation").at("value") == "Monochrome");
}

TEST_CASE("omero api images: what is not known is left out") {
  auto who = omero_newcomer("api.images.plain", "private");
  const auto id = import_image(who.own, "plain.png", picture_specimen{}.png());
  const auto image = who.omero.data(fmt::format("/api/v0/m/images/{}/", id));
  CHECK(!image.contains("AcquisitionDate"));
  CHECK(!image.at("Pixels").contains("PhysicalSizeX"));
  CHECK(!image.at("Pixels").contains("TimeIncrement"));
  CHECK(image.at("Pixels").at("Type").at("value") == "uint8");
  CHECK(image.at("Pixels").at("SignificantBits") == 8);
  for (auto& [key, value] : image.items())
    CHECK_MESSAGE(!value.is_null(), key);
}
