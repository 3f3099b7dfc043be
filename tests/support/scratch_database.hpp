// A fresh database for a test. One embedded PostgreSQL serves the whole test process:
// it starts with the first test that asks and is gone, with its folder, at the end.
// With TROUPE_TEST_DATABASE (a URI whose user may create databases) that one is used.

#pragma once

#include "schema/queries/imports.hpp"
#include "storage/failure.hpp"

#include <soci/soci.h>

#include <string>
#include <utility>

namespace troupe::test {

class scratch_database {
public:
  enum class content { migrated, empty };
  explicit scratch_database(content what = content::migrated);
  ~scratch_database(); ///< drops it, with whoever is still connected
  scratch_database(const scratch_database&) = delete;
  scratch_database& operator=(const scratch_database&) = delete;

  const std::string& uri() const { return uri_; }
  /// A connection of the test's own.
  soci::session& sql() { return sql_; }

  /// Runs a question as the database actor does: in a transaction.
  template <class Question>
  auto ask(const Question& question) {
    soci::transaction all_or_nothing{sql_};
    auto answer = run(sql_, question);
    all_or_nothing.commit();
    return answer;
  }

  /// @returns how asking it fails, errc::none when it does not.
  template <class Question>
  errc refusal(const Question& question) {
    try {
      ask(question);
      return errc::none;
    } catch (const std::exception&) {
      return code_of_current_exception();
    }
  }

  /// A new account, signed in.
  viewer add_account(const std::string& login, bool admin = false,
                     const std::string& group = "default");
  /// An import on the way: everything before register_import.
  import_record add_import(const viewer& who, const std::vector<std::string>& files,
                           int64_t dataset = 0);
  /// A registered, measured image of sample_fileset(). @returns its id.
  int64_t add_image(const viewer& who, const std::string& name, int64_t dataset = 0);

private:
  errc code_of_current_exception();

  std::string name_, uri_;
  soci::session sql_;
};

/// What inspecting a file would have given: 512 x 256 uint16, two channels, three planes
/// deep, with a smaller level.
/// @param main  which file of the import it is.
new_fileset sample_fileset(const std::string& name, int32_t main = 0,
                           bool measured = true, size_t series = 1);

} // namespace troupe::test
