#include "tests/bench/load.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <netinet/tcp.h>
#include <stdexcept>
#include <string_view>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace troupe::bench {

namespace {

using clock = std::chrono::steady_clock;
constexpr int silence_ms = 30'000;

std::string text_of(const load_plan& plan, const std::string& target) {
  std::string text = "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  for (auto& [name, value] : plan.headers)
    text += name + ": " + value + "\r\n";
  return text + "\r\n";
}

int connect_to(int port) {
  int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_port = htons(static_cast<uint16_t>(port));
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket, reinterpret_cast<sockaddr*>(&where), sizeof where) == 0)
    return socket;
  ::close(socket);
  return -1;
}

/// What one answer says about itself, as far as it has come.
class answer_reader {
public:
  /// @returns whether the answer is complete.
  bool add(std::string_view bytes) {
    if (rest_ < 0) {
      head_ += bytes;
      auto end = head_.find("\r\n\r\n");
      if (end == std::string::npos)
        return false;
      rest_ =
        field("\r\ncontent-length:", 0) - static_cast<int64_t>(head_.size() - end - 4);
      return rest_ <= 0;
    }
    rest_ -= static_cast<int64_t>(bytes.size());
    return rest_ <= 0;
  }
  int64_t status() const { return field("http/1.1", 0); }
  bool closes() const {
    return lower().find("\r\nconnection: close") != std::string::npos;
  }

private:
  std::string lower() const {
    auto text = head_.substr(0, head_.find("\r\n\r\n"));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
  }
  int64_t field(std::string_view name, int64_t value) const {
    auto text = lower();
    auto at = text.find(name);
    if (at == std::string::npos)
      return value;
    at = text.find_first_not_of(' ', at + name.size());
    if (at != std::string::npos)
      std::from_chars(text.data() + at, text.data() + text.size(), value);
    return value;
  }

  std::string head_;
  int64_t rest_ = -1; ///< of the body; unknown before the head is there
};

struct client {
  int socket = -1;
  clock::time_point asked;
  answer_reader answer;
};

class load_run {
public:
  explicit load_run(const load_plan& plan)
    : plan_{plan},
      left_{plan.requests},
      clients_(static_cast<size_t>(std::max(1, plan.connections))),
      epoll_{::epoll_create1(EPOLL_CLOEXEC)} {
    for (auto& target : plan.targets)
      texts_.push_back(text_of(plan, target));
    times_.reserve(static_cast<size_t>(plan.requests));
  }
  ~load_run() {
    for (auto& c : clients_)
      disconnect(c);
    ::close(epoll_);
  }

  load_result run() {
    auto begin = clock::now();
    for (auto& c : clients_)
      ask(c);
    while (waiting_ > 0 && turn())
      continue;
    result_.errors += waiting_ + left_; // those never answered
    result_.seconds = std::chrono::duration<double>(clock::now() - begin).count();
    summarise();
    return result_;
  }

private:
  bool turn() {
    epoll_event ready[64];
    int count = ::epoll_wait(epoll_, ready, 64, silence_ms);
    if (count < 0 && errno == EINTR)
      return true;
    for (int i = 0; i < count; ++i)
      hear(clients_[ready[i].data.u32]);
    return count > 0;
  }

  void ask(client& c) {
    while (left_ > 0) {
      --left_;
      if (c.socket < 0 && !connect(c)) {
        ++result_.errors;
        continue;
      }
      auto& text = texts_[next_++ % texts_.size()];
      c.answer = {};
      c.asked = clock::now();
      if (::send(c.socket, text.data(), text.size(), MSG_NOSIGNAL)
          == static_cast<ssize_t>(text.size())) {
        ++waiting_;
        return;
      }
      ++result_.errors;
      disconnect(c);
    }
    disconnect(c);
  }

  void hear(client& c) {
    static thread_local char buffer[256 * 1024];
    auto got = ::recv(c.socket, buffer, sizeof buffer, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR))
      return;
    if (got <= 0) {
      ++result_.errors;
      disconnect(c);
    } else {
      result_.bytes += got;
      if (!c.answer.add({buffer, static_cast<size_t>(got)}))
        return;
      times_.push_back(clock::now() - c.asked);
      ++result_.answers;
      result_.errors += c.answer.status() >= 400;
      if (c.answer.closes())
        disconnect(c);
    }
    --waiting_;
    ask(c);
  }

  bool connect(client& c) {
    c.socket = connect_to(plan_.port);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u32 = static_cast<uint32_t>(&c - clients_.data());
    return c.socket >= 0 && ::epoll_ctl(epoll_, EPOLL_CTL_ADD, c.socket, &event) == 0;
  }

  void disconnect(client& c) {
    if (c.socket >= 0)
      ::close(c.socket);
    c.socket = -1;
  }

  void summarise() {
    result_.per_second = static_cast<double>(result_.answers) / result_.seconds;
    if (times_.empty())
      return;
    std::sort(times_.begin(), times_.end());
    auto at = [&](double share) {
      auto index = static_cast<size_t>(share * static_cast<double>(times_.size() - 1));
      return std::chrono::duration<double, std::milli>(times_[index]).count();
    };
    result_.p50_ms = at(0.5);
    result_.p99_ms = at(0.99);
    result_.worst_ms = at(1);
  }

  const load_plan& plan_;
  int64_t left_, waiting_ = 0;
  size_t next_ = 0;
  std::vector<client> clients_;
  std::vector<std::string> texts_;
  std::vector<clock::duration> times_;
  int epoll_;
  load_result result_;
};

} // namespace

load_result run_load(const load_plan& plan) {
  if (plan.targets.empty())
    throw std::invalid_argument{"a load needs a target"};
  return load_run{plan}.run();
}

} // namespace troupe::bench
