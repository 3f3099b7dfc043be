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
  out.message = std::move(f.message);
  out.request = std::move(f.request);
  out.busy_for = f.busy_for;
  out.counted = m.weak_from_this().lock();
  return out;
}

std::string words_of(const caf::error& e) {
  auto& values = e.context();
  if (e.category() == caf::atom("troupe") && values.size() > 0
      && values.match_element<std::string>(0))
    return values.get_as<std::string>(0);
  return to_string(e);
}

namespace detail {

measuring::measuring(std::string_view actor, meter& m, size_t waiting,
                     const char* message, trace_ptr request)
  : actor_{actor},
    message_{message},
    request_{request},
    timed_{m, waiting, message, request},
    for_request_{std::move(request)} {}

measuring::~measuring() {
  if (request_)
    request_->note(std::string{actor_}, message_, begin_, meter::clock::now(),
                   timed_.failed);
}

void measuring::fail(const caf::error& why) {
  timed_.fail(words_of(why));
}

} // namespace detail

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
