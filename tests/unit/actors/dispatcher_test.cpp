#include "actors/dispatcher.hpp"

#include "tests/support/actor_world.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

using troupe::inspect; // of local messages

struct answer {
  static constexpr bool local = true;
  std::string text;
};

struct job {
  static constexpr bool local = true;
  std::string text; ///< jobs of one text are the same work; "poison" kills its worker
  errand who;
  using reply = answer;
  std::string key() const { return text; }
};

using front_actor = caf::typed_actor<ask<job>, ask<drain>, ask<get_status>>;
using worker_actor = caf::typed_actor<ask<job>>;

struct worker_state : room_state {
  worker_state() = default;
};

/// What the workers did, in order.
using diary = std::shared_ptr<std::vector<std::string>>;

worker_actor::behavior_type worker(worker_actor::stateful_pointer<worker_state> self,
                                   diary done) {
  return {[self, done](const job& j) -> caf::result<answer> {
    if (j.text == "poison") {
      done->push_back("poison");
      self->quit(caf::exit_reason::kill);
      return caf::make_error(caf::sec::runtime_error);
    }
    if (j.text == "bad")
      return caf::make_error(errc::unreadable, std::string{"bad"});
    done->push_back(j.text);
    return answer{j.text};
  }};
}

struct front_state : room_state {
  static inline const char* name = "front";
  front_state() = default;
  std::unique_ptr<dispatcher<front_actor::stateful_base<front_state>, job>> queue;
};

front_actor::behavior_type front(front_actor::stateful_pointer<front_state> self,
                                 diary done, size_t limit, bool written_down) {
  using queue = decltype(self->state.queue)::element_type;
  self->state.queue = std::make_unique<queue>(
    self, dispatcher_plan{.name = "worker", .limit = limit, .written_down = written_down},
    [done](auto* at, meter_ptr) { return at->spawn(worker, done); });
  watch_workers(self, [self] { return self->state.queue.get(); });
  return room_behavior(
    self, [self](status_report& r) { self->state.queue->describe(r); },
    [self](const job& j) { return self->state.queue->submit(j); });
}

struct world : test::actor_world {
  diary done = std::make_shared<std::vector<std::string>>();
  front_actor room;
  std::vector<std::pair<std::string, std::string>>
    answers; ///< asker's word -> answer or error

  explicit world(size_t limit = 1000, bool written_down = false)
    : room{system.spawn(front, done, limit, written_down)} {}
  ~world() { caf::anon_send_exit(room, caf::exit_reason::user_shutdown); }

  /// Asks without waiting; the answer is noted when the world runs.
  void post(const std::string& text, int64_t session, const std::string& view = "",
            gone_flag gone = {}) {
    job j{text, errand{session, view, 0, std::move(gone)}};
    system.spawn([this, j](caf::event_based_actor* asker) {
      asker->request(room, caf::infinite, j)
        .then([this, j](const answer& a) { answers.emplace_back(j.text, a.text); },
              [this, j](const caf::error& e) {
                answers.emplace_back(j.text, to_string(static_cast<errc>(e.code())));
              });
    });
  }
  void run() { clock.run(); }

  /// What happened to every asker of `text`.
  std::vector<std::string> told(const std::string& text) const {
    std::vector<std::string> out;
    for (auto& [who, what] : answers)
      if (who == text)
        out.push_back(what);
    return out;
  }

  int64_t gauge(const std::string& name) {
    auto report = ask(room, get_status{});
    REQUIRE(report);
    return report->actors[0].gauges.at("queue.worker." + name);
  }
};

struct written_world : world {
  written_world() : world{1000, true} {}
};

} // namespace

TEST_CASE_FIXTURE(world, "dispatcher: a flood of one session does not starve another") {
  for (int i = 0; i < 200; ++i)
    post("flood " + std::to_string(i), 1);
  post("single", 2);
  run();
  REQUIRE(done->size() == 201);
  auto at = std::find(done->begin(), done->end(), "single") - done->begin();
  CHECK_MESSAGE(at <= 5, "the other's tile was job number " << at);
  CHECK(answers.size() == 201);
}

TEST_CASE_FIXTURE(world, "dispatcher: what drains finishes what it has, and no more") {
  post("first", 1);
  post("second", 1);
  system.spawn([this](caf::event_based_actor* who) { who->send(room, drain{}); });
  post("late", 2);
  run();
  CHECK(told("first") == std::vector<std::string>{"first"});
  CHECK(told("second") == std::vector<std::string>{"second"});
  CHECK(told("late") == std::vector<std::string>{"unavailable"});
  auto report = ask(room, get_status{});
  REQUIRE(report);
  CHECK(report->actors[0].jobs == 0);
}

TEST_CASE_FIXTURE(written_world, "dispatcher: what is written down need not wait") {
  post("first", 1);
  post("second", 1);
  system.spawn([this](caf::event_based_actor* who) { who->send(room, drain{}); });
  run();
  CHECK(told("first") == std::vector<std::string>{"first"});
  CHECK(told("second") == std::vector<std::string>{"unavailable"});
}

TEST_CASE_FIXTURE(world, "dispatcher: identical jobs under way are done once") {
  for (int i = 0; i < 50; ++i)
    post("same", i);
  run();
  CHECK(told("same") == std::vector<std::string>(50, "same"));
  CHECK(done->size() < 5);
  CHECK(gauge("shared") == 50 - static_cast<int64_t>(done->size()));
}

TEST_CASE_FIXTURE(world,
                  "dispatcher: what nobody waits for is dropped before it starts") {
  auto gone = gone_flag::make();
  for (int i = 0; i < 5; ++i)
    post("ahead " + std::to_string(i), 1);
  post("left", 1, "", gone);
  gone.set();
  run();
  CHECK(std::find(done->begin(), done->end(), "left") == done->end());
  CHECK(told("left") == std::vector<std::string>{"gone"});
  CHECK(gauge("dropped") == 1);
}

TEST_CASE_FIXTURE(world, "dispatcher: shared work goes on while one asker is left") {
  auto gone = gone_flag::make();
  post("ahead", 1);
  post("shared", 1, "", gone);
  post("shared", 2);
  gone.set();
  run();
  CHECK(std::count(done->begin(), done->end(), "shared") >= 1);
  auto all = told("shared");
  CHECK(std::count(all.begin(), all.end(), "shared") >= 1);
}

TEST_CASE_FIXTURE(
  world, "dispatcher: a newer request of a view replaces an unstarted older one") {
  for (int i = 0; i < 4; ++i)
    post("ahead " + std::to_string(i), 1);
  post("old plane", 1, "viewer");
  post("other view", 1, "another");
  post("new plane", 1, "viewer");
  run();
  CHECK(told("old plane") == std::vector<std::string>{"gone"});
  CHECK(told("new plane") == std::vector<std::string>{"new plane"});
  CHECK(told("other view") == std::vector<std::string>{"other view"});
  CHECK(std::find(done->begin(), done->end(), "old plane") == done->end());
}

TEST_CASE_FIXTURE(
  world, "dispatcher: a job that kills its worker is tried twice, the others are done") {
  for (int i = 0; i < 3; ++i)
    post("before " + std::to_string(i), 1);
  post("poison", 1);
  for (int i = 0; i < 3; ++i)
    post("after " + std::to_string(i), 1);
  run();
  CHECK(std::count(done->begin(), done->end(), "poison") == 2);
  CHECK(told("poison") == std::vector<std::string>{"unavailable"});
  CHECK(answers.size() == 7);
  CHECK(told("after 2") == std::vector<std::string>{"after 2"});
}

TEST_CASE_FIXTURE(
  world, "dispatcher: an error of the job reaches its asker and costs no worker") {
  post("bad", 1);
  post("good", 1);
  run();
  CHECK(told("bad") == std::vector<std::string>{"unreadable"});
  CHECK(told("good") == std::vector<std::string>{"good"});
  auto report = ask(room, get_status{});
  CHECK(report->actors[1].restarts == 0);
}

TEST_CASE(
  "dispatcher: a full queue answers at once, and one session fills only half of it") {
  world w{10};
  for (int i = 0; i < 20; ++i)
    w.post("mine " + std::to_string(i), 1);
  w.post("yours", 2);
  w.run();
  CHECK(w.told("yours") == std::vector<std::string>{"yours"});
  CHECK(w.gauge("refused") > 0);
  CHECK(w.answers.size() == 21);
}

TEST_CASE("dispatcher: askers of a front that dies hear of it") {
  world w;
  auto asker = w.self->request(w.room, caf::infinite, job{"poison", {}});
  caf::anon_send_exit(w.room, caf::exit_reason::kill);
  w.run();
  asker.receive([](const answer&) { FAIL("nobody could answer"); },
                [](const caf::error& e) { CHECK(e); });
}
