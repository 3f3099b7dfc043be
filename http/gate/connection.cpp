#include "http/gate/connection.hpp"

#include "http/gate/answer.hpp"

#include <algorithm>
#include <utility>

namespace troupe::http {

namespace {

constexpr size_t one_record = 12 * 1024; // smaller bodies travel with the head in TLS

} // namespace

connection::connection(uint64_t its_id, int socket, ssl_st* tls, std::string peer,
                       const gate_limits& all_limits)
  : id{its_id},
    remote{std::move(peer)},
    line{socket, tls},
    limits_{all_limits},
    pace_{limits_.io, limits_.slowest} {}

void connection::take(size_t bytes) {
  taken_ += bytes;
  if (taken_ < in_.size())
    return;
  taken_ = 0;
  in_.clear();
}

channel::progress connection::fill(size_t most) {
  if (taken_ > 0) {
    in_.erase(0, taken_);
    taken_ = 0;
  }
  auto before = in_.size();
  in_.resize(before + most);
  auto got = line.read(in_.data() + before, most);
  in_.resize(before + got.bytes);
  return got;
}

connection::heading connection::read_head() {
  // Right after an answer the next request is hardly there: let epoll tell.
  if (std::exchange(just_answered_, false) && input().empty() && !line.has_decrypted())
    return heading::more;
  for (;;) {
    while (scanner_.size() == 0 && input().starts_with("\r\n"))
      take(2); // some clients end a body with an empty line
    switch (scanner_.look(input(), limits_.head_bytes)) {
      case head_scanner::verdict::complete: return heading::complete;
      case head_scanner::verdict::refused: return heading::refused;
      case head_scanner::verdict::more: break;
    }
    bool was_empty = input().empty();
    auto got = fill(4096);
    if (got.what == channel::outcome::closed)
      return heading::closed;
    if (got.what == channel::outcome::later) {
      if (was_empty)
        in_ = {}; // nothing is kept for who says nothing
      return heading::more;
    }
    if (was_empty && served_)
      head_since_ = clock::now();
  }
}

std::string connection::take_head() {
  std::string head{input().substr(0, scanner_.size())};
  take(scanner_.size());
  scanner_ = {};
  return head;
}

void connection::answer(std::string head, web_response response, bool with_body,
                        last_words then) {
  out_ = std::move(head);
  response_ = std::move(response);
  body_ = {};
  unmade_ = with_body && response_.stream ? response_.stream->length() : 0;
  if (with_body && !response_.stream)
    body_ =
      response_.bytes.size() ? response_.bytes.view() : std::string_view{response_.text};
  if (line.is_tls() && body_.size() <= one_record) {
    out_ += body_;
    body_ = {};
  }
  sent_ = 0;
  then_ = then;
  pace_ = {limits_.io, limits_.slowest};
  at = phase::sending;
}

void connection::refuse(const refusal& why, bool with_body) {
  auto text = refusal_text(why);
  if (!with_body)
    text.resize(text.find("\r\n\r\n") + 4);
  answer(std::move(text), {}, false, {.close = true, .linger = true});
}

connection::step connection::flush() {
  while (sent_ < out_.size() + body_.size()) {
    auto in_body = sent_ > out_.size() ? sent_ - out_.size() : 0;
    auto in_head = std::min(sent_, out_.size());
    iovec pieces[2]{{out_.data() + in_head, out_.size() - in_head},
                    {const_cast<char*>(body_.data()) + in_body, body_.size() - in_body}};
    bool skip = in_head == out_.size();
    auto got = line.write(pieces + skip, skip || body_.empty() ? 1 : 2);
    if (got.what == channel::outcome::later)
      return step::wait;
    if (got.what == channel::outcome::closed)
      return step::over;
    sent_ += got.bytes;
    pace_.moved(got.bytes);
  }
  if (unmade_ > 0)
    return step::again;
  response_ = {};
  out_.clear();
  if (then_.close)
    return let_go();
  next_request();
  if (then_.unread > 0)
    at = phase::draining;
  return step::again;
}

connection::step connection::make_more() {
  auto piece = response_.stream->next();
  const bool open = response_.is_open_ended();
  if (!open && (piece.size() == 0 || piece.size() > unmade_))
    return step::over; // not what was promised
  if (!open)
    unmade_ -= piece.size();
  else if (piece.size() == 0)
    unmade_ = 0; // its end
  out_.clear();
  sent_ = 0;
  response_.bytes = std::move(piece);
  body_ = response_.bytes.view();
  return step::again;
}

void connection::next_request() {
  at = phase::head;
  served_ = just_answered_ = true;
  head_since_ = clock::now();
  pace_ = {limits_.io, limits_.slowest};
  if (input().empty())
    in_ = {};
}

connection::step connection::let_go() {
  line.finish();
  if (!then_.linger)
    return step::over;
  in_ = {};
  taken_ = 0;
  at = phase::lingering;
  return step::again;
}

connection::step connection::drain() {
  while (then_.unread > 0) {
    if (input().empty()) {
      auto got = fill(std::min<uint64_t>(then_.unread, 16 * 1024));
      if (got.what == channel::outcome::later)
        return step::wait;
      if (got.what == channel::outcome::closed)
        return step::over;
      pace_.moved(got.bytes);
    }
    auto piece = std::min<uint64_t>(input().size(), then_.unread);
    take(piece);
    then_.unread -= piece;
  }
  next_request();
  return step::again;
}

connection::step connection::linger() {
  for (int turns = 0; turns < 8; ++turns) {
    auto got = line.discard();
    if (got.what == channel::outcome::closed)
      return step::over;
    if (got.what == channel::outcome::later)
      break;
  }
  return step::wait;
}

connection::clock::time_point connection::deadline() {
  auto now = clock::now();
  switch (at) {
    case phase::head:
      if (served_ && input().empty())
        return now + limits_.idle;
      return head_since_ + limits_.head_time;
    case phase::sending:
    case phase::draining: return now + pace_.patience();
    case phase::lingering: break;
  }
  if (!lingers_until_)
    lingers_until_ = now + std::min<clock::duration>(limits_.io, std::chrono::seconds{2});
  return *lingers_until_;
}

void connection::resumed() {
  pace_.waited(clock::now() - parked_since);
}

} // namespace troupe::http
