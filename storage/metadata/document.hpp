// What a file says beyond its pixels.

#pragma once

#include "storage/metadata/annotation.hpp"
#include "storage/metadata/part.hpp"
#include "storage/metadata/plate.hpp"
#include "storage/metadata/roi.hpp"

namespace troupe::metadata {

/// How one image was made.
struct acquisition {
  std::optional<int32_t> instrument; ///< index of document::instruments
  std::vector<part> settings;        ///< of objective and environment, stage label ...
  std::vector<part> channels;        ///< size_c entries, or none
  std::vector<int32_t> annotations;  ///< indexes of document::annotations
};

struct folder {
  std::string id, name, description;
  std::optional<int32_t> parent; ///< index of document::folders
  std::vector<int32_t> images, rois, annotations;
};

struct document {
  std::vector<part> instruments;
  std::vector<acquisition> images; ///< one per series, or none
  std::vector<roi> rois;
  std::vector<annotation> annotations;
  std::vector<screen> screens;
  std::vector<plate> plates;
  std::vector<folder> folders;
};

} // namespace troupe::metadata
