// The lookup tables of a server, by name. Rendering reference, section 5.

#pragma once

#include "storage/render/lut_file.hpp"

#include <filesystem>
#include <map>
#include <memory>

namespace troupe::render {

/// Immutable; copies share the tables.
class lut_library {
public:
  /// Only the tables that formulas define.
  static const lut_library& built_in();

  /// Also all `*.lut` files below a folder, by base name; a file wins over a formula.
  /// What is no table is passed over, and so is a folder that is not there.
  explicit lut_library(const std::filesystem::path& folder,
                       profile rules = profile::fixed);

  /// @returns nullptr for a name that is not there, or empty.
  const lookup_table* find(std::string_view name) const;

  struct entry {
    std::string name; ///< "fire.lut"
    std::string path; ///< inside the folder, "wcif/ica.lut"; empty for a formula
  };
  /// Ascending by name.
  std::vector<entry> entries() const;

private:
  lut_library();

  struct stored {
    lookup_table table;
    std::string path;
  };
  using tables = std::map<std::string, stored, std::less<>>;
  std::shared_ptr<const tables> tables_;
};

} // namespace troupe::render
