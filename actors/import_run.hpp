// One import from the last byte uploaded to its images: hash, read, place, enrol. Every
// step leaves a state from which the next start of the server goes on.

#pragma once

#include "actors/configuration.hpp"
#include "actors/database.hpp"
#include "storage/files/managed.hpp"
#include "storage/inspect/grouping.hpp"

#include <atomic>
#include <memory>
#include <unordered_map>

namespace troupe {

/// What is to be seen of a running import, from any thread.
struct import_progress {
  std::atomic<const char*> stage{"waiting"};
  std::atomic<double> fraction{0};
  std::atomic<bool> cancelled{false}; ///< by its owner, for good
  std::atomic<bool> halt{false}; ///< stop at the next safe point, also when cancelled
};

/// Hashes of an import's files, in hex; empty where nobody knows.
struct known_hashes {
  std::vector<std::string> claimed; ///< by the client
  std::vector<std::string> seen;    ///< by us, while the bytes came
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
             known_hashes hashes, import_progress& progress);

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

  std::filesystem::path root() const;
  std::vector<std::string> names(bool (*wanted)(const import_file&)) const;
  std::string hash_of(size_t index, const std::function<void(int64_t)>& progress) const;
  void group(std::vector<std::string> names, double from, double to);
  void note_fates();
  inspection inspect(const std::string& candidate) const;
  new_fileset fileset_of(found_set& set) const;
  std::vector<new_file> files_of(const found_set& set) const;
  void keep_attachments(const formats::description& what) const;

  database_line& database_;
  const configuration& config_;
  managed_directory files_;
  import_record record_;
  known_hashes hashes_;
  import_progress& progress_;
  std::unordered_map<std::string, size_t> index_; ///< of a file, by its name
  std::optional<grouping> groups_;                ///< once read
};

/// Default views of what was found, one per series.
std::vector<render::settings> default_views(const inspection& found);

/// Where it really is. @throws failure{denied} when not below one of the configured
/// roots, failure{not_found}.
std::filesystem::path in_place_path(const std::string& path, const configuration& config);

/// What an in-place import may register: files below one of the configured roots, after
/// resolving links; of a folder all in it that are no links.
/// @throws failure{denied}, {not_found}, {bad_request}.
std::vector<import_file> in_place_files(const std::vector<import_file>& named,
                                        const configuration& config);

} // namespace troupe
