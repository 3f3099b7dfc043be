#include "http/gate/gate.hpp"

#include "http/gate/front.hpp"

namespace troupe::http {

gate::gate(gate_limits limits, handler serve)
  : front_{std::make_unique<front>(limits, std::move(serve))} {}

gate::~gate() = default;

int gate::start(const std::string& address) {
  return front_->start(address);
}

void gate::use_tls(const std::string& certificate, const std::string& key) {
  front_->use_tls(certificate, key);
}

void gate::stop(std::chrono::milliseconds patience) {
  front_->stop(patience);
}

gate_figures gate::figures() const {
  return front_->figures();
}

gate::blocking::blocking(gate& g) {
  g.front_->make_room();
}

} // namespace troupe::http
