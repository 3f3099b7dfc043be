// Hands jobs to workers: a queue per session served in turn, identical jobs done once,
// jobs nobody waits for any more dropped before they start. A front owns one, as part of
// its state; what it does is the same for tiles, thumbnails, passwords and imports.

#pragma once

#include "actors/errand.hpp"
#include "actors/room.hpp"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace troupe {

struct dispatcher_plan {
  std::string name; ///< of the workers, in the status
  size_t workers = 1;
  size_t limit = 1024;               ///< jobs waiting; half of it for one session
  std::chrono::seconds patience{60}; ///< a worker silent for longer is replaced
  bool written_down = false;         ///< a waiting job may be refused: it comes again
};

/// @tparam Self  the front, a typed stateful actor.
/// @tparam Job   a message with `errand who` and `std::string key() const`; jobs of one
///               key are the same work, an empty key is shared with nobody.
template <class Self, class Job>
class dispatcher {
public:
  using answer = typename Job::reply;
  using worker = caf::typed_actor<ask<Job>>;
  /// Spawns a worker that counts on that meter. Not linked: a killed worker would take
  /// the front along.
  using spawn = std::function<worker(Self*, meter_ptr)>;

  /// Told of every answer, e.g. to keep it in a cache.
  using listener = std::function<void(const std::string& key, const answer&)>;

  dispatcher(Self* self, dispatcher_plan plan, spawn make, listener finished = {})
    : self_{self},
      plan_{std::move(plan)},
      make_{std::move(make)},
      finished_{std::move(finished)} {
    slots_.resize(plan_.workers);
    for (auto& s : slots_)
      refill(s);
    self_->state.close_queues.push_back([this] { close(); });
  }

  /// Takes no more; what is here is finished.
  void close() {
    closed_ = true;
    if (plan_.written_down)
      give_back();
  }

  /// Called with the answer or the error, once.
  using ending = std::function<void(caf::expected<answer>)>;

  /// Queues the job of the message being handled. The asker gets the answer, or
  /// errc::unavailable when the queue is full, errc::gone when a newer request of its
  /// view replaced it.
  caf::result<answer> submit(Job job) {
    reply<answer> promise{self_};
    post(std::move(job), [promise](caf::expected<answer> a) {
      if (a)
        promise.deliver(std::move(*a));
      else
        promise.fail(std::move(a.error()));
    });
    return promise.promise();
  }

  /// Queues a job of the front itself.
  void post(Job job, ending tell) {
    if (closed_) {
      ++refused_;
      tell(about_to_restart());
      return;
    }
    auto mine = lanes_.find(job.who.session);
    auto waiting_here = mine == lanes_.end() ? 0 : mine->second.size();
    if (waiting_ >= plan_.limit || waiting_here >= std::max<size_t>(1, plan_.limit / 2)) {
      ++refused_;
      tell(caf::make_error(errc::unavailable, plan_.name + ": the queue is full"));
      return;
    }
    replace_older(job.who);
    auto key = job.key();
    auto same = key.empty() ? by_key_.end() : by_key_.find(key);
    if (same != by_key_.end()) {
      ++shared_;
      auto& w = same->second;
      w->askers.push_back({std::move(tell), job.who});
      if (!w->started)
        enqueue(job.who, w); // its own turn may come sooner
    } else {
      auto w = std::make_shared<work>();
      w->key = key;
      w->askers.push_back({std::move(tell), job.who});
      auto who = job.who;
      w->job = std::move(job);
      if (!key.empty())
        by_key_[key] = w;
      enqueue(who, w);
    }
    pump();
  }

  ~dispatcher() {
    for (auto& s : slots_)
      caf::anon_send_exit(s.handle, caf::exit_reason::kill);
  }
  dispatcher(const dispatcher&) = delete;
  dispatcher& operator=(const dispatcher&) = delete;

  /// Call from the front's down handler. @returns whether it was one of the workers,
  /// which then has been replaced.
  bool worker_ended(const caf::actor_addr& who) {
    for (auto& s : slots_)
      if (s.handle.address() == who) {
        auto interrupted = std::exchange(s.current, nullptr);
        ++restarts_;
        refill(s);
        if (interrupted)
          again(interrupted);
        pump();
        return true;
      }
    return false;
  }

  size_t waiting() const { return waiting_; }
  size_t running() const {
    return static_cast<size_t>(std::count_if(
      slots_.begin(), slots_.end(), [](auto& s) { return s.current != nullptr; }));
  }

  /// Adds this queue's gauges and the workers' figures to the front's report.
  void describe(status_report& report) const {
    auto& g = report.actors[0].gauges;
    auto set = [&](const char* what, size_t n) {
      g["queue." + plan_.name + "." + what] = static_cast<int64_t>(n);
    };
    set("length", waiting_);
    set("limit", plan_.limit);
    set("inFlight", running());
    set("dropped", dropped_);
    set("shared", shared_);
    set("refused", refused_);
    const auto oldest = waits_for();
    set("oldestMs", static_cast<size_t>(oldest.count()));
    auto& front = report.actors[0];
    front.oldest = std::max(front.oldest, std::chrono::duration<double>(oldest).count());
    front.jobs += static_cast<int64_t>(waiting_ + running());
    for (size_t i = 0; i < slots_.size(); ++i) {
      auto f = figures_of(plan_.name + "-" + std::to_string(i + 1), plan_.name,
                          report.actors[0].name, *slots_[i].counted);
      f.restarts = slots_[i].restarts;
      report.actors.push_back(std::move(f));
    }
  }

private:
  /// @returns how long the oldest job waits. Lanes are in the order of arrival.
  std::chrono::milliseconds waits_for() const {
    auto oldest = meter::clock::now();
    for (auto& [session, lane] : lanes_) {
      auto first =
        std::find_if(lane.begin(), lane.end(), [](auto& w) { return !w->started; });
      if (first != lane.end())
        oldest = std::min(oldest, (*first)->since);
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(meter::clock::now()
                                                                 - oldest);
  }

  struct asker {
    ending tell;
    errand who;
  };
  struct work {
    Job job;
    std::string key;
    std::vector<asker> askers;
    bool started = false;
    int tries = 0;
    meter::clock::time_point since = meter::clock::now();
  };
  using work_ptr = std::shared_ptr<work>;
  struct slot {
    worker handle;
    meter_ptr counted;
    work_ptr current;
    uint64_t turn = 0;
    int64_t restarts = -1;
  };

  caf::error about_to_restart() const {
    return caf::make_error(errc::unavailable, plan_.name + " starts anew, try again");
  }

  /// Refuses what waits.
  void give_back() {
    for (auto& [session, lane] : std::exchange(lanes_, {}))
      for (auto& w : lane) {
        if (w->started)
          continue;
        w->started = true;
        forget(*w);
        for (auto& a : w->askers)
          a.tell(about_to_restart());
      }
    turns_.clear();
    waiting_ = 0;
  }

  void refill(slot& s) {
    s.counted = std::make_shared<meter>();
    ++s.restarts;
    s.handle = make_(self_, s.counted);
    self_->monitor(s.handle);
  }

  void enqueue(const errand& who, const work_ptr& w) {
    auto& lane = lanes_[who.session];
    if (lane.empty())
      turns_.push_back(who.session);
    lane.push_back(w);
    ++waiting_;
  }

  /// Answers an older, unstarted plane of the same view.
  void replace_older(const errand& who) {
    if (who.view.empty())
      return;
    auto lane = lanes_.find(who.session);
    if (lane == lanes_.end())
      return;
    for (auto& w : lane->second)
      std::erase_if(w->askers, [&](asker& a) {
        if (a.who.session != who.session || a.who.view != who.view || w->started)
          return false;
        a.tell(caf::make_error(errc::gone, std::string{"replaced by a newer request"}));
        return true;
      });
  }

  /// The next job of the session whose turn it is; null when nothing waits.
  work_ptr next() {
    while (!turns_.empty()) {
      auto session = turns_.front();
      turns_.pop_front();
      auto& lane = lanes_[session];
      auto w = lane.front();
      lane.pop_front();
      --waiting_;
      if (lane.empty())
        lanes_.erase(session);
      else
        turns_.push_back(session);
      if (w->started)
        continue; // done in another session's turn
      std::erase_if(w->askers, [](asker& a) {
        if (!a.who.is_over())
          return false;
        a.tell(caf::make_error(errc::gone, std::string{"nobody waits for it any more"}));
        return true;
      });
      if (!w->askers.empty())
        return w;
      ++dropped_;
      w->started = true;
      forget(*w);
    }
    return nullptr;
  }

  void pump() {
    for (auto& s : slots_)
      if (!s.current) {
        auto w = next();
        if (!w)
          return;
        start(s, std::move(w));
      }
  }

  void start(slot& s, work_ptr w) {
    w->started = true;
    w->job.who = w->askers[0].who;
    s.current = w;
    auto turn = s.turn = ++turn_;
    self_->request(s.handle, plan_.patience, w->job)
      .then(
        [this, turn](answer& a) {
          if (auto* at = find(turn)) {
            auto finished = std::exchange(at->current, nullptr);
            forget(*finished);
            if (finished_)
              finished_(finished->key, a);
            for (auto& one : finished->askers)
              one.tell(a);
            pump();
          }
        },
        [this, turn](caf::error& e) {
          if (auto* at = find(turn)) {
            auto failed = std::exchange(at->current, nullptr);
            if (e.category() == caf::atom("troupe")) {
              forget(*failed);
              for (auto& one : failed->askers)
                one.tell(e);
            } else { // dead or silent
              self_->demonitor(at->handle.address());
              self_->send_exit(at->handle, caf::exit_reason::kill);
              ++restarts_;
              refill(*at);
              again(failed);
            }
            pump();
          }
        });
  }

  slot* find(uint64_t turn) {
    for (auto& s : slots_)
      if (s.turn == turn && s.current)
        return &s;
    return nullptr;
  }

  /// Once more for a job whose worker died; the second time it is the job's fault.
  void again(const work_ptr& w) {
    if (++w->tries < 2) {
      w->started = false;
      for (auto& a : w->askers)
        enqueue(a.who, w);
      return;
    }
    forget(*w);
    for (auto& a : w->askers)
      a.tell(caf::make_error(errc::unavailable,
                             plan_.name + ": the worker died twice on this job"));
  }

  void forget(const work& w) {
    if (!w.key.empty())
      by_key_.erase(w.key);
  }

  Self* self_;
  dispatcher_plan plan_;
  spawn make_;
  listener finished_;
  std::vector<slot> slots_;
  std::unordered_map<int64_t, std::deque<work_ptr>> lanes_; ///< by session, oldest first
  std::deque<int64_t> turns_;                               ///< sessions with a lane
  std::unordered_map<std::string, work_ptr> by_key_;        ///< waiting or running
  size_t waiting_ = 0, dropped_ = 0, shared_ = 0, refused_ = 0, restarts_ = 0;
  uint64_t turn_ = 0;
  bool closed_ = false;
};

/// Lets a front replace its workers when they end.
template <class Self, class... Dispatchers>
void watch_workers(Self* self, Dispatchers... queues) {
  self->set_down_handler(
    [queues...](caf::down_msg& m) { (void)(... || queues()->worker_ended(m.source)); });
}

} // namespace troupe
