#include "actors/room.hpp"

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
