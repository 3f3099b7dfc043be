// What is behind the gate: the door (accepting, sweeping), the parked connections, and
// the threads that serve those with something to do.

#pragma once

#include "http/gate/connection.hpp"
#include "http/gate/crew.hpp"
#include "http/gate/exchange.hpp"
#include "http/gate/listener.hpp"
#include "http/gate/tls.hpp"

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace troupe::http {

class gate::front : public httplib::Server {
public:
  front(gate_limits limits, handler serve);
  ~front() override;

  int start(const std::string& address);
  void use_tls(const std::string& certificate, const std::string& key);
  void stop(std::chrono::milliseconds patience);
  gate_figures figures() const;
  /// Makes sure that somebody waits for the next connection.
  void make_room();

private:
  using clock = connection::clock;
  using owned = std::unique_ptr<connection>;

  // The door: one thread.
  void watch();
  bool let_in();
  void adopt(listener::client arrived);
  void sweep();

  // The crew.
  void teach_library();
  bool hire();
  bool may_leave();
  void work();
  void serve(connection& c);
  connection::step advance(connection& c);
  connection::step on_head(connection& c);
  connection::step refuse(connection& c, const refusal& why, bool with_body = true);
  void answer(connection& c, request_head head);
  void ask(exchange& x);

  // The connections.
  connection* claim(uint64_t id);
  void park(connection& c, bool at_once = false);
  void drop(connection& c);

  const gate_limits limits_;
  const handler serve_;
  const clock::duration tick_; ///< how often the door sweeps
  std::unique_ptr<tls_context> tls_;
  std::unique_ptr<listener> listener_;

  static constexpr uint64_t crew_bell = 0; ///< no connection has this id
  int epoll_, ring_door_, ring_crew_; ///< the last two: eventfds that wake them for good
  std::atomic<bool> stopping_{false}, leaving_{false};
  std::atomic<int> threads_{0}, waiting_{0};
  std::atomic<int64_t> requests_{0}, refused_{0};
  std::atomic<uint64_t> named_{0}; ///< for request ids
  const std::string name_;         ///< of this run, likewise

  mutable std::mutex mutex_; ///< of what follows
  std::condition_variable emptied_;
  std::unordered_map<uint64_t, owned> connections_;
  uint64_t last_id_ = 0;

  std::mutex stop_mutex_;
  std::thread door_;
  crew crew_;
};

} // namespace troupe::http
