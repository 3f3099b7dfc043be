// Questions about what is beyond pixels. PostgreSQL makes these answers as JSON in the
// API's words: most of it passes through as the file said it.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/object_type.hpp"

#include <soci/soci.h>

namespace troupe {

struct json_document {
  static constexpr bool local = true;
  std::string text;
};

/// An item of a list, and by what the list is sorted.
struct json_item {
  int64_t id = 0;
  std::string sort, text;
};

/// Instrument, settings, channels, planes, the file's facts, what was left out.
/// @throws failure{not_found} "image 7" when absent or not visible; so do the following.
struct find_metadata {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_metadata& q);

/// Regions of an image, or those in a folder, with their shapes.
struct list_rois {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  std::optional<int64_t> folder = {}; ///< instead of the image
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_rois& q);

/// Annotations of an object and those on them, with who put them there. An image's are
/// also those of its channels, regions and fileset; a region's those of its shapes.
/// @throws failure{not_found} "dataset 7" when absent or not visible.
struct list_annotations {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  int64_t id = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const list_annotations& q);

/// Where the bytes of a file annotation are.
struct attached_file {
  static constexpr bool local = true;
  std::string name, mime, sha256;
};
struct find_attachment {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t annotation = 0;
  using reply = attached_file;
};
attached_file run(soci::session& sql, const find_attachment& q);

/// In natural order of their names.
struct list_screens {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_screens& q);

/// Plates of a screen, those in none, or all.
struct list_plates {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> screen; ///< @throws failure{not_found} when not visible
  bool orphaned = false;
  page_request page;
  std::optional<int64_t> owner = {}; ///< only what this account owns
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_plates& q);

/// A plate with its runs, wells and their fields.
struct find_plate {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t plate = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_plate& q);

/// Wells of a plate row by row, with their fields. @throws failure{not_found}.
struct list_wells {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t plate = 0;
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_wells& q);

struct find_well {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t well = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_well& q);

/// A field of a well, both counted from 0: of the fields those the viewer sees.
/// @throws failure{not_found}.
struct field_of_view {
  static constexpr bool local = true;
  int64_t image = 0;
};
struct find_field {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t plate = 0;
  int32_t row = 0, column = 0, field = 0;
  using reply = field_of_view;
};
field_of_view run(soci::session& sql, const find_field& q);

/// A run of a plate.
struct find_run {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t run = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_run& q);

} // namespace troupe
