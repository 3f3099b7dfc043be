#include "actors/session.hpp"

#include "actors/thumbnail_request.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

using namespace std::chrono_literals;
using session_pointer = session_actor::stateful_pointer<session_state>;

void require(bool fine, const std::string& why, errc code = errc::bad_request) {
  if (!fine)
    throw failure{code, why};
}

void check_plane(const image_grant& g, plane_index at) {
  require(at.z >= 0 && at.z < g.size.z,
          fmt::format("z is {}, the image has z 0 to {}", at.z, g.size.z - 1));
  require(at.t >= 0 && at.t < g.size.t,
          fmt::format("t is {}, the image has t 0 to {}", at.t, g.size.t - 1));
}

extent level_size(const image_grant& g, int32_t level) {
  require(
    level >= 0 && static_cast<size_t>(level) < g.levels.size(),
    fmt::format("level is {}, the image has level 0 to {}", level, g.levels.size() - 1),
    errc::not_found);
  return g.levels[static_cast<size_t>(level)];
}

/// The part of `where` inside `size`. @throws failure{bad_request} when nothing is left.
region cut(const region& where, extent size) {
  require(where.x >= 0 && where.y >= 0 && where.width > 0 && where.height > 0,
          "a region needs x, y >= 0 and width, height > 0");
  require(
    where.x < size.width && where.y < size.height,
    fmt::format("the region begins outside the {} x {} pixels", size.width, size.height));
  return {where.x, where.y, std::min(where.width, size.width - where.x),
          std::min(where.height, size.height - where.y)};
}

region whole(extent size) {
  return {0, 0, size.width, size.height};
}

void check_usable(const image_grant& g) {
  require(g.state != image_state::damaged, fmt::format("image {}: {}", g.image, g.error),
          errc::unreadable);
}

render_region request_of(const image_grant& g, const picture_wish& wish) {
  check_usable(g);
  return {.source = g.source,
          .settings = render::apply(wish.change, g.settings),
          .significant_bits = g.significant_bits,
          .as = wish.as,
          .quality = wish.quality,
          .who = wish.who};
}

render_region request_of(const image_grant& g, const view_plane& m) {
  check_plane(g, m.at);
  auto out = request_of(g, m.wish);
  out.at = m.at;
  extent size{g.size.x, g.size.y};
  out.where = m.where ? cut(*m.where, size) : whole(size);
  require(
    int64_t{out.where.width} * out.where.height <= max_picture_pixels,
    fmt::format("{} x {} pixels, one picture holds at most {}: ask for tiles or a region",
                out.where.width, out.where.height, max_picture_pixels),
    errc::too_large);
  return out;
}

render_region request_of(const image_grant& g, const view_tile& m) {
  check_plane(g, m.at);
  auto size = level_size(g, m.level);
  auto columns = (size.width + tile_side - 1) / tile_side,
       rows = (size.height + tile_side - 1) / tile_side;
  require(m.column >= 0 && m.column < columns && m.row >= 0 && m.row < rows,
          fmt::format("tile {},{}: level {} has {} x {} tiles", m.column, m.row, m.level,
                      columns, rows),
          errc::not_found);
  auto out = request_of(g, m.wish);
  out.at = m.at;
  out.level = m.level;
  out.where = cut({m.column * tile_side, m.row * tile_side, tile_side, tile_side}, size);
  return out;
}

render_region request_of(const image_grant& g, const view_samples& m) {
  check_usable(g);
  check_plane(g, m.at);
  require(m.channel >= 0 && m.channel < g.size.c,
          fmt::format("c is {}, the image has c 0 to {}", m.channel, g.size.c - 1));
  auto size = level_size(g, m.level);
  auto where = m.where ? *m.where : whole(size);
  require(
    cut(where, size) == where,
    fmt::format("the region is not inside the {} x {} pixels", size.width, size.height));
  auto bytes =
    int64_t{where.width} * where.height * static_cast<int64_t>(bytes_of(g.type));
  require(bytes <= max_sample_bytes,
          fmt::format("{} bytes, one answer holds at most {}: ask for a region", bytes,
                      max_sample_bytes),
          errc::too_large);
  return {.source = g.source,
          .level = m.level,
          .at = m.at,
          .where = where,
          .settings = {render::model::color, {{.index = m.channel}}},
          .as = output::samples,
          .who = m.who};
}

/// Calls `then` with the grant, from memory or from the repository; many askers of one
/// image make one question.
void with_grant(session_pointer self, int64_t image, session_state::grant_waiter then) {
  auto& state = self->state;
  auto now = std::chrono::steady_clock::now();
  if (auto i = state.grants.find(image); i != state.grants.end() && i->second.until > now)
    return then(i->second.grant);
  auto& waiting = state.asking[image];
  waiting.push_back(std::move(then));
  if (waiting.size() > 1)
    return;
  auto finish = [self, image](const caf::expected<image_grant>& g) {
    for (auto& tell : std::exchange(self->state.asking[image], {}))
      tell(g);
    self->state.asking.erase(image);
  };
  self->request(state.rooms.repository, 10s, grant_image{state.record.who, image})
    .then(
      [self, image, finish](const image_grant& g) {
        auto& grants = self->state.grants;
        if (grants.size() > 10'000)
          grants.clear();
        // What is still being measured changes soon.
        auto trust = g.state == image_state::measuring ? 2s : 60s;
        grants[image] = {g, std::chrono::steady_clock::now() + trust};
        finish(g);
      },
      [image, self, finish](caf::error& e) {
        self->state.grants.erase(image);
        finish(std::move(e));
      });
}

void remember(session_state& state, const errand& who) {
  auto& all = state.in_flight;
  std::erase_if(all, [](auto& w) { return w.expired(); });
  all.push_back(who.gone.watch());
}

/// Turns a wish into a worker's message and lets `room` answer the asker itself.
template <class M, class Room, class Translate>
auto pictures(session_pointer self, Room room, Translate translate) {
  return [self, room, translate](const M& m) {
    reply<encoded_image> promise{self};
    with_grant(self, m.image, [=](const caf::expected<image_grant>& g) {
      if (!g)
        return promise.fail(g.error());
      try {
        translate(*g, m, promise, room);
      } catch (...) {
        promise.fail(error_in_flight());
      }
    });
    return promise.promise();
  };
}

template <class M>
auto regions(session_pointer self) {
  return pictures<M>(
    self, self->state.rooms.render,
    [self](const image_grant& g, const M& m, const reply<encoded_image>& to, auto& room) {
      auto job = request_of(g, m);
      job.who.session = self->state.record.id;
      if constexpr (requires { m.wish; })
        if (!m.wish.known.empty())
          if (auto tag = job.key(); tag == m.wish.known)
            return to.deliver({.mime = "", .etag = tag});
      remember(self->state, job.who);
      to.delegate(room, std::move(job));
    });
}

auto thumbnails(session_pointer self) {
  return pictures<view_thumbnail>(
    self, self->state.rooms.thumbnails,
    [self](const image_grant& g, const view_thumbnail& m, const reply<encoded_image>& to,
           auto& room) {
      check_usable(g);
      require(m.longest >= 1 && m.longest <= 2048, "size must be 1 to 2048");
      plane_index at{m.z.value_or(g.default_z), m.t.value_or(g.default_t)};
      check_plane(g, at);
      auto job = thumbnail_of(g, m.longest, m.wish.who, at,
                              render::apply(m.wish.change, g.settings));
      job.who.session = self->state.record.id;
      if (auto tag = job.key(); !m.wish.known.empty() && tag == m.wish.known)
        return to.deliver({.mime = "", .etag = tag});
      remember(self->state, job.who);
      to.delegate(room, std::move(job));
    });
}

/// Stamps the session's account on an M; `room` answers the asker directly.
template <class M, class Room>
auto forwards(session_pointer self, Room room) {
  return [self, room](const M& m) {
    auto stamped = m;
    stamped.who = self->state.record.who;
    return self->delegate(room, std::move(stamped));
  };
}

} // namespace

session_actor::behavior_type session(session_pointer self, session_record record,
                                     session_rooms rooms, meter_ptr counted) {
  self->state.record = std::move(record);
  self->state.rooms = rooms;
  self->state.counted = std::move(counted);
  auto& repository = rooms.repository;
  return room_behavior(
    self,
    [self](status_report& r) {
      auto& state = self->state;
      std::erase_if(state.in_flight, [](auto& w) { return w.expired(); });
      r.actors[0].gauges = {{"account", state.record.account.id},
                            {"grants", static_cast<int64_t>(state.grants.size())},
                            {"inFlight", static_cast<int64_t>(state.in_flight.size())}};
    },
    regions<view_plane>(self), regions<view_tile>(self), regions<view_samples>(self),
    thumbnails(self),
    [self](const identify& m) {
      require(!m.admin || self->state.record.who.admin, "for administrators only",
              errc::denied);
      return self->state.record;
    },
    forwards<list_projects>(self, repository), forwards<find_project>(self, repository),
    forwards<create_project>(self, repository), forwards<list_datasets>(self, repository),
    forwards<find_dataset>(self, repository), forwards<create_dataset>(self, repository),
    forwards<list_images>(self, repository), forwards<find_image>(self, repository),
    forwards<grant_image>(self, repository), forwards<begin_import>(self, rooms.imports),
    forwards<watch_import>(self, rooms.imports),
    forwards<watch_imports>(self, rooms.imports),
    forwards<find_upload>(self, rooms.imports),
    forwards<commit_import>(self, rooms.imports),
    forwards<cancel_import>(self, rooms.imports));
}

} // namespace troupe
