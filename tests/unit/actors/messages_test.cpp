#include "actors/plane_render.hpp"
#include "actors/thumbnail.hpp"

#include "tests/support/actor_world.hpp"

#include <caf/binary_deserializer.hpp>
#include <caf/binary_serializer.hpp>
#include <doctest/doctest.h>

using namespace troupe;

namespace {

/// What arrives when `sent` goes to another machine.
template <class T>
T over_the_wire(caf::actor_system& system, T sent) {
  std::vector<char> bytes;
  caf::binary_serializer out{system, bytes};
  REQUIRE(out(sent) == caf::none);
  T received;
  caf::binary_deserializer in{system, bytes};
  REQUIRE(in(received) == caf::none);
  return received;
}

const image_source source{"/data/originals/cells.ome.tif", 2, 4711, 99};
const render::settings view{.model = render::model::greyscale,
                            .channels = {{.index = 1,
                                          .start = 10,
                                          .end = 4000,
                                          .color = {1, 2, 3, 4},
                                          .inverted = true,
                                          .noise_reduction = true,
                                          .lut = "fire.lut",
                                          .statistics = render::sample_range{1, 9}}},
                            .levels = {10, 200, 127},
                            .profile = render::profile::omero};

} // namespace

TEST_CASE_FIXTURE(test::actor_world, "messages: a render job crosses nodes whole") {
  render_region sent{.source = source,
                     .level = 3,
                     .at = {4, 5},
                     .where = {6, 7, 8, 9},
                     .settings = view,
                     .significant_bits = 12,
                     .as = output::png,
                     .quality = 0.5,
                     .finish = {{10, 20}, true, 3, render::tone::grey},
                     .who = {11, "view", 12, gone_flag::make()}};
  auto got = over_the_wire(system, sent);
  CHECK(got.key() == sent.key());
  CHECK(got.source == source);
  CHECK(got.settings == view);
  CHECK(got.who.session == 11);
  CHECK(got.who.deadline_ms == 12);
  CHECK_FALSE(got.who.gone);
}

TEST_CASE("messages: whatever changes a picture changes the key of its settings") {
  const auto key = key_of(view);
  auto changed = [&](auto change) {
    auto other = view;
    change(other, other.channels[0]);
    return key_of(other) != key;
  };
  CHECK(changed([](auto& s, auto&) { s.profile = render::profile::fixed; }));
  CHECK(changed([](auto& s, auto&) { s.levels.resolution = 255; }));
  CHECK(changed([](auto&, auto& c) { c.noise_reduction = false; }));
  CHECK(changed([](auto&, auto& c) { c.lut = "ice.lut"; }));
  CHECK(changed([](auto&, auto& c) { c.statistics->second = 10; }));
  CHECK(changed([](auto&, auto& c) { c.statistics.reset(); }));
}

TEST_CASE_FIXTURE(test::actor_world, "messages: a thumbnail job crosses nodes whole") {
  draw_thumbnail sent{.source = source,
                      .at = {1, 2},
                      .size = {96, 64},
                      .settings = view,
                      .significant_bits = 8};
  CHECK(over_the_wire(system, sent).key() == sent.key());
}

TEST_CASE_FIXTURE(test::actor_world, "messages: an answer crosses nodes with its bytes") {
  encoded_image sent{
    "image/jpeg", shared_bytes{{1, 2, 3}}, {3, 1}, pixel_type::uint16, "tag"};
  auto got = over_the_wire(system, sent);
  CHECK(got.bytes.view() == sent.bytes.view());
  CHECK(got.mime == sent.mime);
  CHECK(got.etag == "tag");
}

TEST_CASE_FIXTURE(test::actor_world,
                  "messages: inside a process bytes are shared, not copied") {
  encoded_image sent{"image/jpeg", shared_bytes{{1, 2, 3}}};
  auto message = caf::make_message(sent);
  CHECK(message.get_as<encoded_image>(0).bytes.data() == sent.bytes.data());
}
