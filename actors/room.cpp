#include "actors/room.hpp"

#include "storage/formats/reader_cache.hpp"
#include "storage/render/lut_shelf.hpp"

namespace troupe {

actor_figures figures_of(std::string name, std::string kind, std::string parent,
                         const meter& m) {
  auto f = m.read();
  actor_figures out;
  out.name = std::move(name);
  out.kind = std::move(kind);
  out.parent = std::move(parent);
  out.state = f.busy ? "busy" : "idle";
  out.mailbox = f.waiting;
  out.handled = f.handled;
  out.errors = f.errors;
  out.uptime = f.uptime;
  out.mean = f.mean;
  out.p99 = f.p99;
  return out;
}

start_context::start_context(caf::actor_system& sys, const configuration& cfg)
  : system{sys},
    config{cfg},
    shelves{std::make_shared<formats::shelves>(
      cfg.tile_cache_bytes,
      cfg.data.empty() ? cfg.data : cfg.data / "cache" / "readers")},
    tables{std::make_shared<render::lut_shelf>(cfg.data / "luts")} {}

caf::error error_in_flight() {
  try {
    throw;
  } catch (const failure& e) {
    return caf::make_error(e.code, std::string{e.what()});
  } catch (const std::exception& e) {
    return caf::make_error(errc::internal, std::string{e.what()});
  } catch (...) {
    return caf::make_error(errc::internal, std::string{"unknown exception"});
  }
}

} // namespace troupe
