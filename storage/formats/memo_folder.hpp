// Parsed structure of filesets, kept on disk so that the next process need not parse.
// Every file here may be deleted at any time.

#pragma once

#include "storage/formats/format.hpp"

#include <filesystem>

namespace troupe::formats {

class memo_folder {
public:
  /// @param folder  made when something is kept; empty = nothing is.
  explicit memo_folder(std::filesystem::path folder) : folder_{std::move(folder)} {}

  /// The fileset as remembered, else parsed and remembered. A memo counts while program,
  /// main file and all other files of the fileset are what they were; whatever is wrong
  /// with it, the fileset is parsed. The description comes without facts, warnings and
  /// planes. @throws as how.parse().
  fileset_ptr open(const format& how, const std::filesystem::path& main) const;

private:
  std::filesystem::path file_of(const std::filesystem::path& main) const;
  fileset_ptr recall(const format& how, const std::filesystem::path& main) const;
  void keep(const format& how, const std::filesystem::path& main,
            const fileset& what) const;

  std::filesystem::path folder_;
};

} // namespace troupe::formats
