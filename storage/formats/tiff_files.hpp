// The files of a TIFF fileset, those used last kept open.

#pragma once

#include "storage/formats/tiff_file.hpp"

#include <memory>
#include <vector>

namespace troupe::formats {

/// A file of the fileset and its size when it was parsed.
struct tiff_member {
  std::string name; ///< below the folder
  int64_t bytes = 0;
};

class tiff_files {
public:
  tiff_files(std::filesystem::path folder, std::vector<tiff_member> members)
    : folder_{std::move(folder)},
      members_{std::move(members)} {}

  /// @throws failure{unreadable} when it is gone or has another size.
  tiff_file& open(int32_t index);

private:
  struct entry {
    int32_t index;
    std::unique_ptr<tiff_file> file;
  };
  std::filesystem::path folder_;
  std::vector<tiff_member> members_;
  std::vector<entry> open_; // most recent first
};

} // namespace troupe::formats
