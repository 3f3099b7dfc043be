#include "actors/session_handlers.hpp"

namespace troupe {

namespace {

using namespace std::chrono_literals;

std::vector<int64_t> images_in(const pasted_settings& r) {
  std::vector<int64_t> out;
  for (auto& t : r.targets)
    out.push_back(t.image);
  return out;
}
std::vector<int64_t> images_in(const view_settings& r) {
  return {r.image};
}

/// Asks for or saves settings; images shown differently from now on are asked for anew.
template <class M>
void exchange_settings(session_pointer self, M m,
                       const reply<typename M::reply>& promise) {
  m.who = self->state.record.who;
  self->request(self->state.rooms.repository, 10s, std::move(m))
    .then(
      [self, promise](typename M::reply& r) {
        if (M::writes)
          forget_grants(self->state, images_in(r));
        promise.deliver(std::move(r));
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
}

bool needs_contrast(const find_settings& m) {
  return m.as && m.as->preset == settings_preset::automatic;
}
bool needs_contrast(const reset_settings& m) {
  return m.as.preset == settings_preset::automatic;
}
void use_contrast(find_settings& m, contrast found) {
  m.as->windows = std::move(found);
}
void use_contrast(reset_settings& m, contrast found) {
  m.as.windows = std::move(found);
}

template <class M>
auto settings(session_pointer self) {
  return [self](const M& m) {
    require_scope(self, m);
    reply<typename M::reply> promise{self};
    if constexpr (requires { m.as; })
      if (needs_contrast(m)) {
        with_grant(self, m.image, with_promise(promise, [=](const image_grant& g) {
                     measure<contrast>(
                       self, contrast_job(g), promise, [=](contrast found) {
                         auto with_windows = m;
                         use_contrast(with_windows, std::move(found));
                         exchange_settings(self, std::move(with_windows), promise);
                       });
                   }));
        return promise.promise();
      }
    exchange_settings(self, m, promise);
    return promise.promise();
  };
}

/// What is remembered of an image is told, so that a face may ask before each picture.
auto known_grants(session_pointer self) {
  return [self](const grant_image& m) {
    require_scope(self, m);
    reply<image_grant> promise{self};
    with_grant(self, m.image, with_promise(promise, [promise](const image_grant& g) {
                 promise.deliver(g);
               }));
    return promise.promise();
  };
}

} // namespace

session_actor::behavior_type session(session_pointer self, session_record record,
                                     session_rooms rooms, meter_ptr counted) {
  self->state.record = std::move(record);
  self->state.rooms = rooms;
  self->state.counted = std::move(counted);
  auto describe = [self](status_report& r) {
    auto& state = self->state;
    std::erase_if(state.in_flight, [](auto& w) { return w.expired(); });
    r.actors[0].gauges = {{"account", state.record.account.id},
                          {"grants", static_cast<int64_t>(state.grants.size())},
                          {"inFlight", static_cast<int64_t>(state.in_flight.size())}};
  };
  auto who_is_it = [self](const identify& m) {
    auto& record = self->state.record;
    if (m.admin && (!record.who.everything || !record.may(scope::administer)))
      throw failure{errc::denied, "for administrators only"};
    return record;
  };
  return room_behavior(
    self, describe, forwards<inquiry>(self, rooms.repository), known_grants(self),
    settings<find_settings>(self), settings<save_settings>(self),
    settings<reset_settings>(self), settings<paste_settings>(self),
    pictures<view_plane>(self, rooms.render), pictures<view_scaled>(self, rooms.render),
    pictures<view_tile>(self, rooms.render), pictures<view_split>(self, rooms.render),
    pictures<view_samples>(self, rooms.render),
    pictures<view_thumbnail>(self, rooms.thumbnails), measurements<view_histogram>(self),
    measurements<view_line>(self), measurements<measure_shape>(self),
    measurements<measure_shapes>(self),
    [self](const list_luts&) {
      return lut_list{self->state.rooms.tables->current().tables};
    },
    who_is_it,
    [self](const renew& m) {
      if (m.forget || m.record.who != self->state.record.who)
        self->state.grants.clear();
      self->state.record = m.record;
      return done{};
    },
    forwards<begin_import>(self, rooms.imports),
    forwards<watch_import>(self, rooms.imports),
    forwards<watch_imports>(self, rooms.imports),
    forwards<find_upload>(self, rooms.imports),
    forwards<commit_import>(self, rooms.imports),
    forwards<cancel_import>(self, rooms.imports),
    forwards<remove_pyramid>(self, rooms.pyramids));
}

} // namespace troupe
