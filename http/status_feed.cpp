#include "http/status_feed.hpp"

#include <fmt/format.h>

#include <charconv>
#include <random>

namespace troupe::http {

namespace {

using namespace std::chrono_literals;

std::string event_text(const char* kind, const std::string& id,
                       const nlohmann::json& data) {
  return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", id, kind,
                     data.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

} // namespace

/// One client. Its number of the event seen last is all it has.
class status_feed::listener final : public body_stream {
public:
  listener(status_feed& feed, int64_t seen, doorman may_stay)
    : feed_{feed},
      seen_{seen},
      may_stay_{std::move(may_stay)} {}

  ~listener() override {
    std::lock_guard guard{feed_.mutex_};
    --feed_.listeners_;
    feed_.left_ = clock::now();
  }

  uint64_t length() const override { return open_end; }

  shared_bytes next() override {
    if (over_)
      return {};
    if (!greeted_) {
      greeted_ = true;
      return bytes_of("retry: 2000\n\n");
    }
    if (clock::now() >= checked_ + heartbeat) {
      checked_ = clock::now();
      if (const auto why = may_stay_(); !why.empty())
        return farewell(why);
    }
    auto text = feed_.next(seen_, clock::now() + heartbeat);
    if (text.empty() && feed_.is_closed())
      return farewell("the server stops");
    return bytes_of(text.empty() ? ": still here\n\n" : text);
  }

private:
  static shared_bytes bytes_of(const std::string& text) {
    return shared_bytes{{text.begin(), text.end()}};
  }

  shared_bytes farewell(const std::string& why) {
    over_ = true;
    return bytes_of(fmt::format("event: end\ndata: {}\n\n", nlohmann::json(why).dump()));
  }

  status_feed& feed_;
  int64_t seen_;
  doorman may_stay_;
  bool greeted_ = false, over_ = false;
  clock::time_point checked_ = clock::now();
};

status_feed::status_feed() : run_{fmt::format("{:08x}", std::random_device{}())} {}

bool status_feed::is_wanted() const {
  std::lock_guard guard{mutex_};
  return listeners_ > 0 || clock::now() - left_ < 60s;
}

bool status_feed::is_closed() const {
  std::lock_guard guard{mutex_};
  return closed_;
}

void status_feed::tell(const nlohmann::json& whole, const nlohmann::json& sample) {
  {
    std::lock_guard guard{mutex_};
    ++number_;
    sample_ = sample;
    if (!begun_) {
      delta_.start(whole);
      begun_ = true;
      events_.clear();
    } else {
      auto change = delta_.next(whole);
      change["sample"] = sample;
      events_.push_back({number_, event_text("delta", id_of(number_), change)});
      if (events_.size() > most_kept)
        events_.pop_front();
    }
  }
  news_.notify_all();
}

void status_feed::rest() {
  std::lock_guard guard{mutex_};
  begun_ = false;
  events_.clear();
}

void status_feed::close() {
  {
    std::lock_guard guard{mutex_};
    closed_ = true;
  }
  news_.notify_all();
}

std::shared_ptr<body_stream> status_feed::listen(const std::string& last_id,
                                                 doorman may_stay) {
  {
    std::lock_guard guard{mutex_};
    if (listeners_ >= most_listeners)
      return nullptr;
    ++listeners_;
  }
  return std::make_shared<listener>(*this, number_of(last_id), std::move(may_stay));
}

std::string status_feed::next(int64_t& seen, clock::time_point until) {
  std::unique_lock lock{mutex_};
  const auto is_news = [&] { return closed_ || (begun_ && number_ != seen); };
  if (!news_.wait_until(lock, until, is_news) || closed_)
    return "";
  const auto first_kept = events_.empty() ? number_ + 1 : events_.front().number;
  const bool can_follow = seen > 0 && seen < number_ && seen + 1 >= first_kept;
  std::string out;
  if (!can_follow)
    out = whole_event();
  else
    for (auto& e : events_)
      if (e.number > seen)
        out += e.text;
  seen = number_;
  return out;
}

std::string status_feed::whole_event() const {
  auto whole = delta_.known();
  whole["sample"] = sample_;
  return event_text("status", id_of(number_), whole);
}

std::string status_feed::id_of(int64_t number) const {
  return run_ + '-' + std::to_string(number);
}

/// @returns 0 for one of another run, or none.
int64_t status_feed::number_of(const std::string& id) const {
  int64_t number = 0;
  if (id.starts_with(run_ + '-'))
    std::from_chars(id.data() + run_.size() + 1, id.data() + id.size(), number);
  return std::max<int64_t>(0, number);
}

} // namespace troupe::http
