#include "http/omero/multipart_reader.hpp"

#include "storage/failure.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr size_t longest_head = 16 << 10, most_parts = 1000;

} // namespace

multipart_reader::multipart_reader(std::string_view type, part_taker taker)
  : boundary_{"\r\n" + boundary_of_form(type)},
    taker_{std::move(taker)} {}

void multipart_reader::feed(std::string_view bytes) {
  rest_ += bytes;
  while (step())
    continue;
}

void multipart_reader::finish() const {
  if (at_ != state::done)
    refuse_form("its end is missing");
}

/// @returns whether there may be another one at once.
bool multipart_reader::step() {
  switch (at_) {
    case state::before:
    case state::content: return skip_to_boundary();
    case state::line_end: return read_line_end();
    case state::head: return read_head();
    case state::done: rest_.clear();
  }
  return false;
}

/// What may be the beginning of a boundary waits for more.
bool multipart_reader::skip_to_boundary() {
  const auto found = rest_.find(boundary_);
  const auto whole = found != std::string::npos;
  const auto kept = std::min(rest_.size(), boundary_.size() - 1);
  const auto taken = whole ? found : rest_.size() - kept;
  if (at_ == state::content && taken > 0)
    taker_.more(std::string_view{rest_}.substr(0, taken));
  rest_.erase(0, whole ? found + boundary_.size() : taken);
  if (!whole)
    return false;
  if (at_ == state::content)
    taker_.end();
  at_ = state::line_end;
  return true;
}

bool multipart_reader::read_line_end() {
  if (rest_.size() < 2)
    return false;
  if (rest_.starts_with("--"))
    at_ = state::done;
  else if (rest_.starts_with("\r\n"))
    at_ = state::head;
  else
    refuse_form("a boundary is not at the end of its line");
  rest_.erase(0, 2);
  return true;
}

bool multipart_reader::read_head() {
  const auto end = rest_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (rest_.size() > longest_head)
      refuse_form("a part has no head");
    return false;
  }
  if (++parts_ > most_parts)
    refuse_form("more than 1000 parts");
  taker_.begin(part_with_head(std::string_view{rest_}.substr(0, end)));
  rest_.erase(0, end + 4);
  at_ = state::content;
  return true;
}

} // namespace troupe::http::omero
