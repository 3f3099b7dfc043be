#include "actors/session.hpp"

#include "tests/support/actor_world.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

struct reading {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  using reply = int;
};
[[maybe_unused]] int run(soci::session&, const reading&) {
  return 0;
}
struct writing : reading {
  static constexpr bool writes = true;
};
struct administering : writing {
  static constexpr bool administers = true;
};

/// Handlers that nobody should need in a test.
template <class M>
auto refuses() {
  return [](const M&) -> caf::result<typename M::reply> {
    return caf::make_error(errc::internal, std::string{"not for this test"});
  };
}

/// Knows image 7 of 100 x 80 pixels, 3 sections; counts who asks, notes who asked.
struct fake_repository {
  int& asked;
  viewer& last;
  repository_actor::behavior_type operator()() const {
    auto* count = &asked;
    auto* who = &last;
    return {[who](const inquiry& q) {
              *who = q.who;
              return findings{std::string{"found"}};
            },
            [count](const grant_image& q) -> caf::result<image_grant> {
              ++*count;
              if (q.image != 7 && q.image != 8)
                return caf::make_error(errc::not_found,
                                       "image " + std::to_string(q.image));
              image_grant g{.image = q.image,
                            .source = {"seven.tif"},
                            .size = {100, 80, 3, 2, 1},
                            .type = pixel_type::uint16};
              g.levels = {{100, 80}, {50, 40}};
              g.settings.channels = {{.index = 0, .end = 100}, {.index = 1, .end = 100}};
              if (q.image == 8) {
                g.state = image_state::damaged;
                g.error = "strip 3 is broken";
              }
              return g;
            },
            refuses<find_settings>(),
            [](const save_settings& q) {
              return view_settings{.image = q.image, .settings = q.settings};
            },
            [](const reset_settings& q) {
              view_settings out{.image = q.image};
              for (auto& [index, window] : q.as.windows)
                out.settings.channels.push_back(
                  {.index = index, .start = window.first, .end = window.second});
              return out;
            },
            refuses<paste_settings>(),
            refuses<check_storage>(),
            refuses<drain>(),
            refuses<get_status>()};
  }
};

struct session_world : test::actor_world {
  int asked = 0;
  viewer last;
  std::vector<render_region> rendered;
  session_actor guest;

  explicit session_world(bool admin = false, int32_t scopes = all_scopes) {
    auto* jobs = &rendered;
    auto render = system.spawn([jobs]() -> plane_render_actor::behavior_type {
      return {[jobs](const render_region& m) {
                jobs->push_back(m);
                return encoded_image{
                  .mime = "image/jpeg", .bytes = shared_bytes{{1}}, .etag = m.key()};
              },
              refuses<drain>(), refuses<get_status>()};
    });
    auto thumbnails = system.spawn([]() -> thumbnail_actor::behavior_type {
      return {[](const draw_thumbnail& m) {
                return encoded_image{
                  .mime = "image/jpeg", .bytes = shared_bytes{{1}}, .size = m.size};
              },
              refuses<drain>(), refuses<get_status>()};
    });
    auto imports = system.spawn([]() -> imports_actor::behavior_type {
      return {
        refuses<resume_imports>(), refuses<begin_import>(), refuses<watch_import>(),
        refuses<watch_imports>(),  refuses<find_upload>(),  refuses<commit_import>(),
        refuses<cancel_import>(),  refuses<drain>(),        refuses<get_status>()};
    });
    auto measurements = system.spawn([]() -> measurements_actor::behavior_type {
      return {[](const measure_pixels&) {
                return measured_pixels{contrast{{1, {10, 20}}}};
              },
              refuses<drain>(), refuses<get_status>()};
    });
    auto pyramids = system.spawn([]() -> pyramids_actor::behavior_type {
      return {refuses<look_for_pyramids>(), refuses<patrol_pyramids>(),
              refuses<remove_pyramid>(), refuses<drain>(), refuses<get_status>()};
    });
    session_record record;
    record.id = 11;
    record.who = {.account = 42, .group = 3, .everything = admin, .author = 42};
    record.scopes = scopes;
    guest = system.spawn(session, record,
                         session_rooms{system.spawn(fake_repository{asked, last}), render,
                                       thumbnails, imports, measurements,
                                       std::make_shared<render::lut_shelf>(""), pyramids},
                         std::make_shared<meter>());
  }

  errc refusal(auto message) {
    auto answer = ask(guest, message);
    REQUIRE_FALSE(answer);
    return static_cast<errc>(answer.error().code());
  }
};

} // namespace

TEST_CASE_FIXTURE(session_world, "session: the second tile skips the database") {
  REQUIRE(ask(guest, view_tile{.image = 7}));
  REQUIRE(ask(guest, view_tile{.image = 7, .at = {1, 0}}));
  CHECK(asked == 1);
  CHECK(rendered.size() == 2);
  CHECK(rendered[1].at.z == 1);
  CHECK(rendered[0].where == region{0, 0, 100, 80});
}

TEST_CASE_FIXTURE(session_world, "session: tells what it remembers of an image") {
  REQUIRE(ask(guest, view_tile{.image = 7}));
  const auto grant = ask(guest, grant_image{.image = 7});
  REQUIRE(grant);
  CHECK(grant->levels.size() == 2);
  CHECK(asked == 1);
  CHECK(refusal(grant_image{.image = 9}) == errc::not_found);
}

TEST_CASE_FIXTURE(session_world, "session: a scaled region is drawn from a level") {
  REQUIRE(ask(guest, view_scaled{.image = 7,
                                 .where = {40, 0, 999, 999},
                                 .finish = {.size = {30, 40}, .mirrored = true}}));
  CHECK(rendered.at(0).level == 1);
  CHECK(rendered.at(0).where == region{20, 0, 30, 40});
  CHECK(rendered.at(0).finish == render::finish{.mirrored = true});
  CHECK(refusal(view_scaled{.image = 7, .where = {100, 0, 1, 1}, .finish = {{1, 1}}})
        == errc::bad_request);
}

TEST_CASE_FIXTURE(
  session_world, "session: what is not visible is not found, and asked again each time") {
  CHECK(refusal(view_tile{.image = 9}) == errc::not_found);
  CHECK(refusal(view_tile{.image = 9}) == errc::not_found);
  CHECK(asked == 2);
}

TEST_CASE_FIXTURE(session_world, "session: stamps who asks over whatever arrived") {
  auto m = inquiry_of(reading{});
  m.who = {.account = 1, .everything = true};
  REQUIRE(ask(guest, m));
  CHECK(last.account == 42);
  CHECK_FALSE(last.everything);
}

TEST_CASE_FIXTURE(session_world,
                  "session: a job carries its session for the fair queue") {
  REQUIRE(ask(guest, view_plane{.image = 7}));
  CHECK(rendered.at(0).who.session == 11);
}

TEST_CASE_FIXTURE(session_world,
                  "session: an answer the client has is not rendered again") {
  auto first = ask(guest, view_tile{.image = 7});
  REQUIRE(first);
  view_tile again{.image = 7};
  again.wish.known = first->etag;
  auto second = ask(guest, again);
  REQUIRE(second);
  CHECK(second->bytes.size() == 0);
  CHECK(rendered.size() == 1);
  again.at.z = 1;
  CHECK(ask(guest, again)->bytes.size() == 1);
}

TEST_CASE_FIXTURE(session_world, "session: refuses what is outside the image") {
  CHECK(refusal(view_tile{.image = 7, .at = {3, 0}}) == errc::bad_request);
  CHECK(refusal(view_tile{.image = 7, .at = {0, 1}}) == errc::bad_request);
  CHECK(refusal(view_tile{.image = 7, .at = {-1, 0}}) == errc::bad_request);
  CHECK(refusal(view_tile{.image = 7, .level = 2}) == errc::not_found);
  CHECK(refusal(view_tile{.image = 7, .column = 1}) == errc::not_found);
  CHECK(refusal(view_plane{.image = 7, .where = region{100, 0, 1, 1}})
        == errc::bad_request);
  CHECK(refusal(view_plane{.image = 7, .where = region{0, 0, 0, 1}})
        == errc::bad_request);
  CHECK(refusal(view_samples{.image = 7, .channel = 2}) == errc::bad_request);
  CHECK(refusal(view_samples{.image = 7, .where = region{90, 0, 20, 1}})
        == errc::bad_request);
  CHECK(refusal(view_thumbnail{.image = 7, .longest = 0}) == errc::bad_request);
  CHECK(rendered.empty());
}

TEST_CASE_FIXTURE(session_world, "session: a region is cut at the edge of the image") {
  REQUIRE(ask(guest, view_plane{.image = 7, .where = region{90, 70, 50, 50}}));
  CHECK(rendered.at(0).where == region{90, 70, 10, 10});
}

TEST_CASE_FIXTURE(session_world, "session: a damaged image says what is wrong with it") {
  CHECK(refusal(view_tile{.image = 8}) == errc::unreadable);
}

TEST_CASE_FIXTURE(session_world, "session: a thumbnail keeps the aspect") {
  auto got = ask(guest, view_thumbnail{.image = 7, .longest = 50});
  REQUIRE(got);
  CHECK(got->size == extent{50, 40});
}

TEST_CASE("session: only administrators are let into the back office") {
  session_world member;
  CHECK(member.refusal(identify{.admin = true}) == errc::denied);
  CHECK(member.ask(member.guest, identify{}));
  session_world root{true};
  CHECK(root.ask(root.guest, identify{.admin = true}));
}

TEST_CASE_FIXTURE(session_world, "session: saved settings are seen by the next picture") {
  REQUIRE(ask(guest, view_tile{.image = 7}));
  REQUIRE(ask(guest, save_settings{.image = 7}));
  REQUIRE(ask(guest, view_tile{.image = 7}));
  CHECK(asked == 2);
}

TEST_CASE_FIXTURE(session_world, "session: a newer version is not drawn from memory") {
  REQUIRE(ask(guest, view_thumbnail{.image = 7}));
  REQUIRE(ask(guest, view_thumbnail{.image = 7, .version = 1}));
  CHECK(asked == 2);
}

TEST_CASE_FIXTURE(session_world, "session: automatic windows are measured, then saved") {
  auto saved =
    ask(guest, reset_settings{.image = 7, .as = {settings_preset::automatic, {}}});
  REQUIRE(saved);
  REQUIRE(saved->settings.channels.size() == 1);
  CHECK(saved->settings.channels[0].index == 1);
  CHECK(saved->settings.channels[0].end == 20);
}

TEST_CASE_FIXTURE(session_world,
                  "session: only a table that is drawn with changes the answer") {
  view_tile plain{.image = 7}, tabled{.image = 7};
  tabled.wish.change.channels.push_back({.index = 0, .lut = "fire.lut"});
  REQUIRE(ask(guest, plain));
  REQUIRE(ask(guest, tabled));
  REQUIRE(rendered.size() == 2);
  CHECK(rendered[0].key() != rendered[1].key());
}

TEST_CASE("session: a token does no more than it was made for") {
  struct expectation {
    int32_t scopes;
    errc read, write, administer;
  };
  constexpr auto no = errc::denied, yes = errc::none;
  for (auto& e : {expectation{1, yes, no, no}, expectation{2, no, yes, no},
                  expectation{3, yes, yes, no}, expectation{7, yes, yes, yes}}) {
    session_world w{true, e.scopes};
    auto refusal = [&](const inquiry& m) {
      auto answer = w.ask(w.guest, m);
      return answer ? errc::none : static_cast<errc>(answer.error().code());
    };
    CAPTURE(e.scopes);
    CHECK(refusal(inquiry_of(reading{})) == e.read);
    CHECK(refusal(inquiry_of(writing{})) == e.write);
    CHECK(refusal(inquiry_of(administering{})) == e.administer);
    CHECK((w.ask(w.guest, identify{.admin = true}) ? yes : no) == e.administer);
    CHECK((w.ask(w.guest, save_settings{.image = 7}) ? yes : no) == e.write);
  }
}

TEST_CASE_FIXTURE(session_world, "session: an account that only reads writes nothing") {
  session_record reader;
  reader.id = 11;
  reader.who = {.account = 42, .group = 3};
  REQUIRE(ask(guest, renew{reader}));
  CHECK(ask(guest, inquiry_of(reading{})));
  CHECK(refusal(inquiry_of(writing{})) == errc::denied);
  CHECK(refusal(save_settings{.image = 7}) == errc::denied);
  CHECK(refusal(reset_settings{.image = 7}) == errc::denied);
  CHECK(refusal(begin_import{}) == errc::denied);
}

TEST_CASE_FIXTURE(session_world,
                  "session: what it may show is asked anew when its rights change") {
  REQUIRE(ask(guest, view_tile{.image = 7}));
  session_record same;
  same.id = 11;
  same.who = {.account = 42, .group = 3, .author = 42};
  REQUIRE(ask(guest, renew{same}));
  REQUIRE(ask(guest, view_tile{.image = 7}));
  CHECK(asked == 1);
  same.who.full = {5};
  REQUIRE(ask(guest, renew{same}));
  REQUIRE(ask(guest, view_tile{.image = 7}));
  CHECK(asked == 2);
}
