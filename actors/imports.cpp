#include "actors/imports.hpp"

#include "actors/import_worker.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <set>

namespace troupe {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

/// Uploads that nobody goes on with are cleared away after a week.
constexpr auto upload_patience = std::chrono::hours{7 * 24};

struct imports_state : room_state {
  static inline const char* name = "imports";
  imports_state() = default;
  ~imports_state() {
    for (auto& [id, p] : running)
      p->halt = true;
    for (auto& [id, p] : measuring)
      p->halt = true;
  }
  using self_type = imports_actor::stateful_base<imports_state>;
  std::unique_ptr<import_tools> tools;
  std::unique_ptr<managed_directory> files;
  std::unique_ptr<dispatcher<self_type, run_import>> imports;
  std::unique_ptr<dispatcher<self_type, run_measure>> measures;
  std::map<int64_t, std::shared_ptr<import_progress>> running;   ///< by import
  std::map<int64_t, std::shared_ptr<import_progress>> measuring; ///< by fileset
  std::map<int64_t, known_hashes> hashes;                        ///< by committed import
  /// By import, then file. A restart forgets them: then files are read again.
  std::map<int64_t, std::map<int32_t, std::shared_ptr<arriving_digest>>> arriving;
  import_counts counts;
};
using imports_pointer = imports_actor::stateful_pointer<imports_state>;

int64_t size_on_disk(const fs::path& file) {
  std::error_code error;
  auto n = fs::file_size(file, error);
  return error ? 0 : static_cast<int64_t>(n);
}

const char* stage_of(import_state s) {
  switch (s) {
    case import_state::uploading: return "uploading";
    case import_state::verified: return "reading";
    case import_state::parsed: return "placing";
    case import_state::placed: return "registering";
    case import_state::done: return "done";
    case import_state::failed: return "failed";
    case import_state::cancelled: return "cancelled";
  }
  return "unknown";
}

import_view view_of(const imports_state& state, import_record record) {
  import_view out;
  auto ended = record.state >= import_state::done;
  auto uploading =
    record.state == import_state::uploading && !record.committed && !record.in_place;
  const auto staged = state.files->staged_files(record.id);
  for (auto& f : record.files)
    out.received.push_back(uploading ? size_on_disk(staged / f.name) : f.bytes);
  out.stage = stage_of(record.state);
  out.fraction = record.state == import_state::done ? 1 : 0;
  if (auto i = state.running.find(record.id); !ended && i != state.running.end()) {
    out.stage = i->second->stage.load();
    out.fraction = i->second->fraction;
  } else if (!ended && !uploading) {
    out.stage = "waiting";
  }
  out.record = std::move(record);
  return out;
}

bool is_given_up(const imports_state& state, const import_record& r) {
  auto folder = state.files->staging(r.id);
  std::error_code error;
  auto last = fs::last_write_time(folder, error);
  if (error)
    return true; // never got a folder: the server died in between
  for (auto& f : fs::recursive_directory_iterator{folder, error})
    last = std::max(last, f.last_write_time(error));
  return last + upload_patience < fs::file_time_type::clock::now();
}

/// Ends an import nobody works on.
void give_up(imports_pointer self, int64_t import, const reply<done>* asker) {
  auto promise = asker ? std::optional{*asker} : std::nullopt;
  self->state.arriving.erase(import);
  self
    ->request(self->state.tools->database, 30s,
              advance_import{.import = import, .to = import_state::cancelled})
    .then(
      [self, import, promise](const done&) {
        self->state.files->discard_staging(import);
        if (promise)
          promise->deliver({});
      },
      [promise](caf::error& e) {
        if (promise)
          promise->fail(std::move(e));
      });
}

/// Puts what is left to measure in the queue, each fileset once.
void measure_rest(imports_pointer self) {
  self->request(self->state.tools->database, 30s, pending_measures{})
    .then(
      [self](const std::vector<measure_job>& jobs) {
        for (auto& job : jobs) {
          auto& progress = self->state.measuring[job.fileset];
          if (progress)
            continue;
          progress = std::make_shared<import_progress>();
          self->state.measures->post({job, progress, {}},
                                     [self, id = job.fileset](caf::expected<done>) {
                                       self->state.measuring.erase(id);
                                     });
        }
      },
      [](const caf::error&) {}); // the next import or start asks again
}

/// The database was away or a worker died: the import goes on later.
bool is_passing(const caf::error& e) {
  return e.category() != caf::atom("troupe")
         || e.code() == static_cast<uint8_t>(errc::unavailable);
}

/// Puts a committed import in the queue; its account's turn decides when it runs.
void run_soon(imports_pointer self, const import_record& record) {
  auto& state = self->state;
  auto& progress = state.running[record.id];
  if (progress)
    return;
  progress = std::make_shared<import_progress>();
  state.imports->post(
    {record.id, state.hashes[record.id], progress, errand{.session = record.who.account}},
    [self, id = record.id](caf::expected<done> result) {
      self->state.running.erase(id);
      if (!result && is_passing(result.error()))
        caf::delayed_anon_send(imports_actor{self}, 5s, resume_imports{});
      else
        self->state.hashes.erase(id);
      measure_rest(self);
    });
}

/// The imports that have a folder in staging.
std::set<int64_t> staged_imports(const imports_state& state) {
  std::set<int64_t> out;
  std::error_code error;
  for (auto& folder :
       fs::directory_iterator{state.files->staging(0).parent_path(), error})
    out.insert(std::atoll(folder.path().filename().c_str()));
  return out;
}

/// After a start: goes on with what was committed, clears away what was given up and what
/// ended in the moment the server died.
void recover(imports_pointer self) {
  self->request(self->state.tools->database, 30s, unfinished_imports{})
    .then(
      [self, staged = staged_imports(self->state)](
        const std::vector<import_record>& records) mutable {
        for (auto& r : records)
          staged.erase(r.id);
        std::error_code ignored;
        for (auto ended : staged)
          fs::remove_all(self->state.files->staging(ended), ignored);
        for (auto& r : records) {
          if (r.committed || r.state > import_state::uploading)
            run_soon(self, r);
          else if (is_given_up(self->state, r))
            give_up(self, r.id, nullptr);
        }
        measure_rest(self);
      },
      [self](const caf::error& e) {
        spdlog::warn("imports not resumed yet reason=\"{}\"", to_string(e));
        caf::delayed_anon_send(imports_actor{self}, 2s, resume_imports{});
      });
}

void check(const begin_import& m) {
  if (m.files.empty() || m.files.size() > most_import_files)
    throw failure{errc::bad_request,
                  fmt::format("an import has 1 to {} files", most_import_files)};
  if (m.in_place && !m.who.may(privilege::write_managed_repo))
    throw failure{errc::denied, "only administrators register files in place"};
  for (auto& f : m.files)
    if (f.path.empty() || f.bytes < 0)
      throw failure{errc::bad_request,
                    "files: every file needs a path and a size in bytes"};
}

/// What the client says and what was counted while the bytes came.
known_hashes take_hashes(imports_state& state, const import_record& record,
                         std::vector<std::string> claimed) {
  known_hashes out{std::move(claimed), {}};
  out.seen.resize(record.files.size());
  for (auto& [file, digest] : state.arriving[record.id])
    if (auto i = static_cast<size_t>(file); i < out.seen.size())
      if (auto value = digest->of(record.files[i].bytes))
        out.seen[i] = to_hex(*value);
  state.arriving.erase(record.id);
  return out;
}

/// Marks it committed and lets it run.
void commit(imports_pointer self, import_record record, std::vector<std::string> claimed,
            const reply<import_view>& promise) {
  self
    ->request(self->state.tools->database, 30s,
              advance_import{
                .import = record.id, .to = import_state::uploading, .committed = true})
    .then(
      [self, record, claimed = std::move(claimed), promise](const done&) mutable {
        record.committed = true;
        self->state.hashes[record.id] =
          take_hashes(self->state, record, std::move(claimed));
        run_soon(self, record);
        promise.deliver(view_of(self->state, std::move(record)));
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
}

caf::result<import_view> begin(imports_pointer self, begin_import m) {
  check(m);
  if (m.in_place)
    m.files = in_place_files(m.files, self->state.tools->config);
  reply<import_view> promise{self};
  auto database = self->state.tools->database;
  auto refuse = [promise](caf::error& e) { promise.fail(std::move(e)); };
  self->request(database, 30s, resolve_target{m.who, m.project, m.dataset})
    .then(
      [=](const target& where) {
        self
          ->request(database, 30s,
                    create_import{m.who, m.in_place, where.dataset, m.files})
          .then(
            [=](const import_record& made) {
              if (made.in_place)
                return commit(self, made, {}, promise);
              std::error_code error;
              fs::create_directories(self->state.files->staged_files(made.id), error);
              if (error)
                promise.fail(
                  caf::make_error(errc::no_space, "staging: " + error.message()));
              else
                promise.deliver(view_of(self->state, made));
            },
            refuse);
      },
      refuse);
  return promise.promise();
}

/// Asks for the import as its owner and goes on with it.
template <class M, class Then>
auto with_import(imports_pointer self, const M& m, Then then) {
  reply<typename M::reply> promise{self};
  self->request(self->state.tools->database, 30s, find_import{m.who, m.import})
    .then(
      [promise, then](const import_record& record) {
        try {
          then(record, promise);
        } catch (...) {
          promise.fail(error_in_flight());
        }
      },
      [promise](caf::error& e) { promise.fail(std::move(e)); });
  return promise.promise();
}

void require_uploading(const import_record& r) {
  if (r.state != import_state::uploading || r.committed || r.in_place)
    throw failure{errc::conflict, fmt::format("import {} takes no more bytes", r.id)};
}

upload_slot slot_of(imports_state& state, const find_upload& m, const import_file& f) {
  auto at = state.files->staged_files(m.import) / f.name;
  auto& digest = state.arriving[m.import][m.file];
  if (!digest)
    digest = std::make_shared<arriving_digest>();
  return {at, size_on_disk(at), f.bytes, digest};
}

void require_complete(const imports_state& state, const import_record& r) {
  const auto staged = state.files->staged_files(r.id);
  for (auto& f : r.files) {
    if (f.bytes == 0)
      upload_writer{staged / f.name, 0}; // an empty file has nothing to send
    if (auto have = size_on_disk(staged / f.name); have != f.bytes)
      throw failure{errc::conflict, fmt::format("{}: {} of {} bytes have arrived", f.path,
                                                have, f.bytes)};
  }
}

void cancel(imports_pointer self, const import_record& r, const reply<done>& promise) {
  if (r.state >= import_state::done)
    throw failure{errc::conflict, fmt::format("import {} has ended", r.id)};
  auto running = self->state.running.find(r.id);
  if (running == self->state.running.end())
    return give_up(self, r.id, &promise);
  running->second->cancelled = true; // the worker cleans up
  running->second->halt = true;
  promise.deliver({});
}

void describe(imports_pointer self, status_report& r) {
  auto& state = self->state;
  state.imports->describe(r);
  state.measures->describe(r);
  auto& g = r.actors[0].gauges;
  g["active"] = state.counts.active;
  g["done"] = state.counts.done;
  g["failed"] = state.counts.failed;
  g["cancelled"] = state.counts.cancelled;
  // The next look has the counts of now; a status must not wait for the database.
  self->request(state.tools->database, 10s, count_imports{})
    .then([self](const import_counts& c) { self->state.counts = c; },
          [](const caf::error&) {});
}

imports_actor::behavior_type imports(imports_pointer self, import_tools tools) {
  auto& state = self->state;
  state.tools = std::make_unique<import_tools>(std::move(tools));
  state.files = std::make_unique<managed_directory>(state.tools->config.data);
  auto limit = static_cast<size_t>(state.tools->config.queue_limit) * 16;
  state.imports = std::make_unique<dispatcher<imports_state::self_type, run_import>>(
    self,
    dispatcher_plan{"import-worker",
                    static_cast<size_t>(state.tools->config.import_workers), limit, 48h,
                    true},
    [t = *state.tools](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(import_worker, std::move(counted), t);
    });
  state.measures = std::make_unique<dispatcher<imports_state::self_type, run_measure>>(
    self, dispatcher_plan{"measure-worker", 1, limit, 48h, true},
    [t = *state.tools](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(measure_worker, std::move(counted), t);
    });
  watch_workers(
    self, [self] { return self->state.imports.get(); },
    [self] { return self->state.measures.get(); });
  caf::anon_send(imports_actor{self}, resume_imports{});
  return room_behavior(
    self, [self](status_report& r) { describe(self, r); },
    [self](const resume_imports&) {
      recover(self);
      return done{};
    },
    [self](const begin_import& m) { return begin(self, m); },
    [self](const watch_import& m) {
      return with_import(self, m,
                         [self](const import_record& r, const reply<import_view>& to) {
                           to.deliver(view_of(self->state, r));
                         });
    },
    [self](const watch_imports& m) -> caf::result<page<import_view>> {
      reply<page<import_view>> promise{self};
      self
        ->request(self->state.tools->database, 30s,
                  list_imports{m.who, m.active_only, m.page})
        .then(
          [self, promise](page<import_record>& found) {
            page<import_view> out{{}, found.total, found.next};
            for (auto& r : found.items)
              out.items.push_back(view_of(self->state, std::move(r)));
            promise.deliver(std::move(out));
          },
          [promise](caf::error& e) { promise.fail(std::move(e)); });
      return promise.promise();
    },
    [self](const find_upload& m) {
      reply<upload_slot> promise{self};
      self
        ->request(self->state.tools->database, 30s,
                  find_staged_file{m.who, m.import, m.file})
        .then([self, m, promise](
                const import_file& f) { promise.deliver(slot_of(self->state, m, f)); },
              [promise](caf::error& e) { promise.fail(std::move(e)); });
      return promise.promise();
    },
    [self](const commit_import& m) {
      return with_import(
        self, m,
        [self, hashes = m.hashes](const import_record& r, const reply<import_view>& to) {
          if (r.committed && r.state <= import_state::done)
            return to.deliver(view_of(self->state, r)); // asked twice
          require_uploading(r);
          require_complete(self->state, r);
          commit(self, r, hashes, to);
        });
    },
    [self](const cancel_import& m) {
      return with_import(self, m, [self](const import_record& r, const reply<done>& to) {
        cancel(self, r, to);
      });
    });
}

} // namespace

room_actor start_imports(start_context& at) {
  return at.offer(at.system.spawn(
    imports, import_tools{at.config, at.find<database_actor>(),
                          at.find<thumbnail_actor>(), at.find<pyramids_actor>()}));
}

} // namespace troupe
