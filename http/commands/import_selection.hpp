// What `troupe import` sends: filesets found below the paths it was given.

#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace troupe::http {

/// A fileset: one import.
struct parcel {
  struct part {
    std::filesystem::path file;
    std::string sent_as; ///< below the folder that the given path lies in
    int64_t bytes = 0;
  };
  std::filesystem::path shown; ///< its main file or its folder
  std::vector<part> parts;

  int64_t bytes() const;
};

/// What the walk found, and what it passed over or refused, and why.
struct selection {
  std::vector<parcel> parcels;
  std::vector<std::pair<std::string, std::string>> skipped, refused;
};

/// @param paths  files and folders. Files that are read together come together, also
///               when only one of them was named.
selection select_images(const std::vector<std::string>& paths);

} // namespace troupe::http
