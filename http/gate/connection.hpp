// One client and where it is: sending a head, being answered, being let go. Reads and
// writes what is possible now and never waits; request bodies do, see request_body.hpp.

#pragma once

#include "http/gate/channel.hpp"
#include "http/gate/pace.hpp"
#include "http/gate/request_head.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace troupe::http {

class connection {
public:
  using clock = pace::clock;
  enum class phase {
    head,     ///< a request begins, or none has yet
    sending,  ///< the answer is on its way
    draining, ///< the rest of a body nobody wanted is thrown away
    lingering ///< all is said; closing now could destroy what the client has not read
  };

  connection(uint64_t its_id, int socket, ssl_st* tls, std::string peer,
             const gate_limits& all_limits);

  const uint64_t id;
  const std::string remote;
  phase at = phase::head;

  /// @returns whether it waits between two requests.
  bool is_idle() const { return at == phase::head && input().empty(); }
  bool is_mid_head() const { return at == phase::head && !input().empty(); }

  // Bytes the client sent that nobody has taken yet.
  std::string_view input() const { return std::string_view{in_}.substr(taken_); }
  void take(size_t bytes);
  /// @returns what came of reading up to so many bytes more.
  channel::progress fill(size_t most);

  // phase::head
  enum class heading { more, complete, refused, closed };
  heading read_head();
  /// @returns the complete head, taken out of the input.
  std::string take_head();
  refusal why_refused() const { return scanner_.why(); }

  // phase::sending
  struct last_words {
    bool close = false;  ///< end the connection after it
    bool linger = false; ///< ... the client may still be sending
    uint64_t unread = 0; ///< of the request's body, to be drained
  };
  /// Queues an answer; flush() sends it.
  void answer(std::string head, web_response response, bool with_body, last_words then);
  /// Queues the gate's own answer, after which the connection ends.
  void refuse(const refusal& why, bool with_body = true);
  enum class step { again, wait, over };
  step flush();
  /// Whether the next bytes of the answer have to be made first, which may take a while.
  bool wants_more() const {
    return at == phase::sending && unmade_ > 0 && sent_ == out_.size() + body_.size();
  }
  step make_more();

  step drain();
  step linger();

  /// @returns when it has waited too long, if nothing happens.
  clock::time_point deadline();
  /// Tells how long it was parked.
  void resumed();

  channel line;
  // The gate's book-keeping, under its lock.
  bool parked = false;
  bool surplus = false; ///< beyond the limit: let in to be told so
  clock::time_point parked_since, expires;

private:
  void next_request();
  step let_go();

  const gate_limits& limits_;
  std::string in_;
  size_t taken_ = 0;
  head_scanner scanner_;
  clock::time_point head_since_ = clock::now();
  bool just_answered_ = false;
  bool served_ = false; ///< at least one request

  std::string out_;
  web_response response_;
  std::string_view body_;
  size_t sent_ = 0;
  uint64_t unmade_ = 0; ///< bytes of a stream that are still to be made
  last_words then_;
  pace pace_;
  std::optional<clock::time_point> lingers_until_;
};

} // namespace troupe::http
