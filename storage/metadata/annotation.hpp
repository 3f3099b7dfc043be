// What people and programs attach to images and all else.

#pragma once

#include "storage/pixels.hpp"

#include <utility>
#include <variant>

namespace troupe::metadata {

/// Stored in SQL by number: never renumber.
enum class annotation_kind : uint8_t {
  tag = 1,
  comment,
  xml,
  term,
  long_integer,
  floating,
  boolean,
  timestamp,
  map,
  file,
  list,
};

/// @returns the OME name: "TagAnnotation" ...
std::string_view name_of(annotation_kind kind);
std::optional<annotation_kind> annotation_kind_of(std::string_view ome_name);

/// Ordered; keys may come twice.
using key_values = std::vector<std::pair<std::string, std::string>>;

/// A file that is part of the metadata.
struct attachment {
  std::string name, mime; ///< the name without folders
  shared_bytes bytes;
};

struct annotation {
  annotation_kind kind = annotation_kind::tag;
  std::string id, name_space, description;
  /// Text of tag, comment, xml, term and timestamp (as written); whole number of long,
  /// number of double, truth of boolean; none of a list.
  std::variant<std::monostate, std::string, int64_t, double, bool, key_values, attachment>
    value;
  std::vector<int32_t> annotations; ///< on this one: a list's items, a tag set's tags
};

/// The name space that makes a tag a set of tags.
constexpr std::string_view tag_set = "openmicroscopy.org/omero/insight/tagset";

} // namespace troupe::metadata
