// One import from the last byte uploaded to its images: hash, read, place, enrol. Every
// step leaves a state from which the next start of the server goes on.

#pragma once

#include "actors/configuration.hpp"
#include "actors/database.hpp"
#include "storage/files/managed.hpp"

#include <atomic>
#include <memory>

namespace troupe {

/// What is to be seen of a running import, from any thread.
struct import_progress {
  std::atomic<const char*> stage{"waiting"};
  std::atomic<double> fraction{0};
  std::atomic<bool> cancelled{false}; ///< by its owner, for good
  std::atomic<bool> halt{false}; ///< stop at the next safe point, also when cancelled
};

/// Asks the database and waits: for workers on a thread of their own.
class database_line {
public:
  database_line(caf::actor_system& system, database_actor database)
    : self_{system},
      database_{std::move(database)} {}

  /// @throws failure with the database's reason.
  template <class Q>
  typename Q::reply ask(Q question) {
    typename Q::reply out;
    self_->request(database_, std::chrono::seconds{60}, std::move(question))
      .receive([&](typename Q::reply& r) { out = std::move(r); },
               [](caf::error& e) { throw_as_failure(e); });
    return out;
  }

private:
  [[noreturn]] static void throw_as_failure(const caf::error& e);
  caf::scoped_actor self_;
  database_actor database_;
};

class import_run {
public:
  import_run(database_line& database, const configuration& config, import_record record,
             std::vector<std::string> claimed_hashes, import_progress& progress);

  /// Goes on from the record's state to the end. @returns the record with its images.
  /// @throws failure when the import failed (already recorded) or was stopped.
  import_record finish();

private:
  void hash();
  void parse();
  void place();
  import_record enrol();
  void fail(const std::string& reason);
  void advance(import_state to);

  std::filesystem::path working_file(size_t index) const;
  std::string placed_name(size_t index) const;
  inspection inspect(const std::filesystem::path& file, double from, double to);
  new_fileset fileset_of(size_t index);

  database_line& database_;
  const configuration& config_;
  managed_directory files_;
  import_record record_;
  std::vector<std::string> claimed_;
  import_progress& progress_;
  std::vector<std::optional<inspection>> found_; ///< per file, once read
};

/// Default views of what was found, one per series.
std::vector<render::settings> default_views(const inspection& found);

/// What an in-place import may register: a file below one of the configured roots, after
/// resolving links. @throws failure{denied}, {not_found}.
import_file in_place_file(const std::string& path, const configuration& config);

} // namespace troupe
