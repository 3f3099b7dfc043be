#include "http/server.hpp"

#include "http/database_start.hpp"
#include "http/dispatch.hpp"
#include "http/observer.hpp"
#include "http/pages.hpp"
#include "http/signals.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <thread>

namespace troupe::http {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

struct system_settings : caf::actor_system_config {
  system_settings() {
    // Measured: sharing answers a plain thread five times sooner and idles at no cost.
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads",
        std::max<size_t>(2, std::thread::hardware_concurrency()));
  }
};

/// Tells main when the supervisor has died.
class supervisor_watch {
public:
  supervisor_watch() : event_{::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)} {}
  ~supervisor_watch() { ::close(event_); }
  void watch(const supervisor_actor& who) const {
    caf::actor_cast<caf::abstract_actor*>(who)->attach_functor(
      [fd = event_](const caf::error&) {
        uint64_t one = 1;
        [[maybe_unused]] auto n = ::write(fd, &one, sizeof one);
      });
  }
  int descriptor() const { return event_; }
  void clear() const {
    uint64_t n = 0;
    [[maybe_unused]] auto got = ::read(event_, &n, sizeof n);
  }

private:
  int event_;
};

/// The actors: a supervisor and all it starts.
class house {
public:
  house(const configuration& config, desk& front)
    : staff_{std::make_shared<company>(system_, config, rows(front))},
      front_{front} {
    start_supervisor();
  }

  ~house() {
    front_.close();
    caf::anon_send_exit(supervisor_, caf::exit_reason::user_shutdown);
    caf::scoped_actor self{system_};
    self->wait_for(supervisor_);
    supervisor_ = nullptr;
    staff_.reset();
  }

  int death_notice() const { return watch_.descriptor(); }

  void replace_supervisor() {
    watch_.clear();
    spdlog::error("the supervisor died, a new one adopts the rooms");
    start_supervisor();
  }

private:
  static std::vector<room_kind> rows(desk& front) {
    auto all = roster;
    all.push_back(
      {"observer", [&front](start_context& at) { return start_observer(at, front); }});
    all.push_back(front.bridge_row());
    return all;
  }

  void start_supervisor() {
    supervisor_ = system_.spawn(supervisor, staff_);
    watch_.watch(supervisor_);
  }

  system_settings settings_;
  caf::actor_system system_{settings_};
  company_ptr staff_;
  desk& front_;
  supervisor_watch watch_;
  supervisor_actor supervisor_;
};

bool is_loopback(const std::string& address) {
  return address.starts_with("127.") || address.starts_with("[::1]")
         || address.starts_with("localhost");
}

/// Where people go, also for programs that started us with port 0.
std::string announce(const configuration& config, int port) {
  auto host = config.listen.substr(0, config.listen.rfind(':'));
  auto scheme = config.tls_certificate.empty() ? "http" : "https";
  auto url = config.public_url.empty() ? fmt::format("{}://{}:{}", scheme, host, port)
                                       : config.public_url;
  std::ofstream{config.data / "url"} << url << '\n';
  if (!is_loopback(config.listen) && config.tls_certificate.empty()
      && config.public_url.empty())
    spdlog::warn(
      "listening beyond this machine without TLS: passwords travel in the clear");
  if (page_file_count == 0)
    spdlog::warn("built without the page: only the API answers");
  spdlog::info("ready url={} version={}", url, TROUPE_VERSION);
  return url;
}

/// Restarts a database that ended, with a pause that grows while it does not stay.
class database_keeper {
public:
  explicit database_keeper(embedded_postgres* server) : server_{server} {}

  void child_ended() {
    if (server_ && server_->reap()) {
      spdlog::error("the database ended, it is started again");
      try_start();
    }
  }

  /// @returns ms until the next attempt, -1 = none needed.
  int patience() const { return due_ ? 200 : -1; }

  void tick() {
    if (due_ && std::chrono::steady_clock::now() >= *due_)
      try_start();
  }

private:
  void try_start() {
    try {
      server_->start();
      due_.reset();
      spdlog::info("the database is back");
    } catch (const std::exception& e) {
      spdlog::error("the database does not start reason=\"{}\"", e.what());
      due_ = std::chrono::steady_clock::now() + 2s;
    }
  }

  embedded_postgres* server_;
  std::optional<std::chrono::steady_clock::time_point> due_;
};

void run_until_told(signal_inbox& signals, house& actors, database_keeper& keeper) {
  for (;;) {
    switch (signals.wait(actors.death_notice(), keeper.patience())) {
      case signal_inbox::news::stop: return;
      case signal_inbox::news::child: keeper.child_ended(); break;
      case signal_inbox::news::event: actors.replace_supervisor(); break;
      case signal_inbox::news::none: keeper.tick(); break;
    }
  }
}

/// Thousands of connections and their files need more than the usual 1024.
void raise_file_limit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0) {
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 65536);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

} // namespace

int serve(const loaded_settings& settings) {
  auto config = settings.values;
  raise_file_limit();
  signal_inbox signals; // before the first thread
  database_start database{config};
  config.database = database.uri();
  desk front{config};
  front.embedded = database.server() != nullptr;
  front.settings = shown_settings(settings);
  gate door{{}, [&front](web_request& in) { return dispatch(front, in); }};
  front.door = &door;
  if (!config.tls_certificate.empty())
    door.use_tls(config.tls_certificate, config.tls_key);
  {
    house actors{config, front};
    announce(config, door.start(config.listen));
    database_keeper keeper{database.server()};
    run_until_told(signals, actors, keeper);
    spdlog::info("draining");
    front.feed.close();
    door.stop(30s);
  }
  std::error_code ignored;
  fs::remove(config.data / "url", ignored);
  spdlog::info("stopped");
  return 0;
}

} // namespace troupe::http
