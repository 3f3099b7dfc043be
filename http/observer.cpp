#include "http/observer.hpp"

#include "http/desk.hpp"
#include "http/process_figures.hpp"
#include "http/status.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace troupe::http {

namespace {

using namespace std::chrono_literals;

/// What grows for ever, as it was at the last look.
struct running_totals {
  double rendering = 0, pictures = 0;
  double decoding = 0, tiles = 0, hits = 0;
  double uploaded = 0, cpu = 0;
  std::chrono::steady_clock::time_point at = std::chrono::steady_clock::now();
};

struct observer_state : room_state {
  static inline const char* name = "observer";
  observer_state() = default;
  supervisor_actor supervisor;
  desk* front = nullptr;
  std::optional<running_totals> before;
  int64_t looks = 0;
};
using observer_pointer = observer_actor::stateful_pointer<observer_state>;

running_totals totals_of(const desk& d, const company_report& company) {
  running_totals out;
  for (auto& a : company.actors) {
    if (a.kind == "render-worker") {
      out.rendering += a.mean * static_cast<double>(a.handled);
      out.pictures += static_cast<double>(a.handled);
    }
    auto gauge = [&](const char* key) {
      auto found = a.gauges.find(key);
      return found == a.gauges.end() ? 0.0 : static_cast<double>(found->second);
    };
    out.decoding += gauge("cache.tiles.decodingUs") / 1e6;
    out.tiles += gauge("cache.tiles.misses");
    out.hits += gauge("cache.tiles.hits");
  }
  out.uploaded = static_cast<double>(d.uploaded);
  out.cpu = look_at_process().cpu_seconds;
  return out;
}

/// @returns NaN when there was nothing, or less than before: somebody started anew.
double ratio(double of, double to) {
  return of >= 0 && to > 0 ? of / to : std::nan("");
}

figure_sample sample_of(const desk& d, const company_report& company,
                        const running_totals& before, const running_totals& now) {
  figure_sample s{now_ms(), {}};
  auto& v = s.values;
  const auto asked = d.requests.last(1);
  const auto nothing = asked.per_second == 0;
  v[s.requests] = asked.per_second;
  v[s.p50] = nothing ? std::nan("") : asked.p50;
  v[s.p95] = nothing ? std::nan("") : asked.p95;
  v[s.p99] = nothing ? std::nan("") : asked.p99;
  v[s.render] = ratio(now.rendering - before.rendering, now.pictures - before.pictures);
  v[s.decode] = ratio(now.decoding - before.decoding, now.tiles - before.tiles);
  const auto hits = now.hits - before.hits;
  v[s.cache_hits] = ratio(hits, hits + now.tiles - before.tiles);
  const auto seconds = std::chrono::duration<double>(now.at - before.at).count();
  v[s.upload] = ratio(now.uploaded - before.uploaded, seconds);
  v[s.cpu] = ratio(now.cpu - before.cpu, seconds);
  v[s.memory] = static_cast<double>(look_at_process().resident_bytes);
  for (auto& a : company.actors) {
    v[s.queue_age] = std::max(v[s.queue_age], a.oldest);
    v[s.mailbox] += static_cast<double>(a.mailbox);
  }
  return s;
}

void take(observer_pointer self, const company_report& company) {
  auto& state = self->state;
  auto& d = *state.front;
  const auto now = totals_of(d, company);
  if (state.before) {
    const auto sample = sample_of(d, company, *state.before, now);
    d.history.add(sample);
    if (d.feed.is_wanted())
      d.feed.tell(whole_status(d, company), json_of(sample));
    else
      d.feed.rest();
  }
  state.before = now;
  ++state.looks;
}

void look(observer_pointer self) {
  const auto begun = std::chrono::steady_clock::now();
  auto again = [self, begun] {
    const auto spent = std::chrono::steady_clock::now() - begun;
    const auto pause = std::max<std::chrono::steady_clock::duration>(50ms, 1s - spent);
    caf::delayed_anon_send(observer_actor{self}, pause, look_around{});
  };
  self->request(self->state.supervisor, 5s, get_company{})
    .then(
      [self, again](const company_report& company) {
        take(self, company);
        again();
      },
      [again](const caf::error&) { again(); });
}

observer_actor::behavior_type observer(observer_pointer self, supervisor_actor supervisor,
                                       desk* front) {
  self->state.supervisor = std::move(supervisor);
  self->state.front = front;
  caf::anon_send(observer_actor{self}, look_around{});
  return room_behavior(
    self, [self](status_report& r) { r.actors[0].gauges["looks"] = self->state.looks; },
    [self](const look_around&) {
      look(self);
      return done{};
    },
    [self](const meet_supervisor& m) {
      self->state.supervisor = m.who;
      return done{};
    });
}

} // namespace

room_actor start_observer(start_context& at, desk& front) {
  return at.offer(at.system.spawn(observer, at.find<supervisor_actor>(), &front));
}

} // namespace troupe::http
