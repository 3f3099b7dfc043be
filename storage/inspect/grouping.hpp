// Files that came together, sorted into filesets by what readers say of them.

#pragma once

#include "storage/inspect/inspection.hpp"

#include <unordered_map>

namespace troupe {

/// Files that are one fileset.
struct found_set {
  std::string folder;              ///< that `files` are below: "" or "a/b"
  std::vector<std::string> files;  ///< the main one first
  std::vector<std::string> listed; ///< of the names we were given; the main one first
  inspection found;
  bool is_folder = false; ///< the folder as a whole, all files in it
};

/// Why a file is in no fileset.
struct refusal {
  std::vector<std::string> listed; ///< the file; of a folder all in it
  std::string reason;              ///< "cells.tif: truncated"
  bool skipped = false;            ///< it is no image and does not pretend to be one
};

class grouping {
public:
  using inspector = std::function<inspection(const std::string& candidate)>;

  /// @param names  relative to one folder, "/" between parts, no two equal.
  explicit grouping(std::vector<std::string> names);

  /// Asks about one candidate after the other; what a fileset needs is not asked about
  /// again. @param progress  called with 0..1.
  /// @throws what the inspector throws, except failure{unreadable}: that is a refusal.
  void run(const inspector& inspect, const std::function<void(double)>& progress);

  std::vector<found_set> sets;
  std::vector<refusal> refusals;

private:
  std::vector<std::string> listed_in(const std::string& candidate) const;
  void adopt(const std::string& candidate, inspection found);

  std::vector<std::string> names_;
  std::unordered_map<std::string, std::string> owner_; ///< name -> its set's main file
};

} // namespace troupe
