// One web request that waits for actors: the gate's thread on one side, a conversation
// in the bridge on the other.

#pragma once

#include "actors/errand.hpp"
#include "http/web.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace troupe::http {

class rendezvous {
public:
  rendezvous();
  ~rendezvous();
  rendezvous(const rendezvous&) = delete;
  rendezvous& operator=(const rendezvous&) = delete;

  /// What the gate's thread builds the response with, so that the bridge is free at once.
  using answer = std::function<web_response()>;

  /// The first one counts.
  void finish(answer a);
  /// The conversation ended without an answer: an actor of it died.
  void interrupt();

  enum class ending { answered, interrupted, client_left, late };
  /// Waits for finish() or interrupt(); watches the client's socket meanwhile.
  ending wait(int socket, std::chrono::milliseconds patience);
  answer take();

  gone_flag gone = gone_flag::make();

private:
  int event_ = -1;
  std::mutex mutex_;
  bool over_ = false;
  answer answer_;
};

/// The conversation's end of it: whoever drops the last copy without an answer
/// interrupts.
class ticket {
public:
  explicit ticket(std::shared_ptr<rendezvous> x)
    : box_{std::make_shared<box>(std::move(x))} {}
  void finish(rendezvous::answer a) const { box_->x->finish(std::move(a)); }

private:
  struct box {
    explicit box(std::shared_ptr<rendezvous> e) : x{std::move(e)} {}
    ~box() { x->interrupt(); }
    std::shared_ptr<rendezvous> x;
  };
  std::shared_ptr<box> box_;
};

} // namespace troupe::http
