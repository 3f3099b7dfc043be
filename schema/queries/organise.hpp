// Sorting things: made, renamed, described, put into containers and taken out of them.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe {

/// A new screen or folder; projects and datasets have questions of their own.
/// @throws failure{not_found, denied} for a parent (of a folder) that cannot be linked.
struct create_container {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type type = object_type::folder;
  std::string name, description;
  std::optional<int64_t> parent; ///< folder
  using reply = json_document;   ///< see find_container
};
json_document run(soci::session& sql, const create_container& q);

/// Name, description, owner, group, times, rights of a screen, plate or folder.
struct find_container {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::folder;
  int64_t id = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_container& q);

/// Folders at the top, or in a folder.
struct list_folders {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> parent; ///< absent: those in no folder
  page_request page;
  using reply = troupe::page<json_item>;
};
page<json_item> run(soci::session& sql, const list_folders& q);

/// Renames and describes projects, datasets, images, screens, plates, runs, folders.
/// @param version  with a single id: @throws failure{conflict} when the object has
///                 another one, because somebody else has changed it.
struct change_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  std::optional<std::string> name, description;
  std::optional<int32_t> version;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const change_objects& q);

/// Puts children into a parent; with `from` takes them out of that one of the same type.
/// Project > dataset, dataset > image, screen > plate, folder > image, ROI or folder.
/// What is there already counts as done.
/// @throws failure{bad_request} for types that do not go together; {not_found, denied}
/// for
///         the parents; {conflict} for a folder into itself.
struct link_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type parent_type = object_type::dataset, child_type = object_type::image;
  int64_t parent = 0;
  std::optional<int64_t> from;
  std::vector<int64_t> children;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const link_objects& q);

/// Takes children out. One's own links always, others' with the right to link.
struct unlink_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type parent_type = object_type::dataset, child_type = object_type::image;
  int64_t parent = 0;
  std::vector<int64_t> children;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const unlink_objects& q);

/// Where an object is: every way to it from the top, as lists of {type, id, name}.
struct find_places {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  int64_t id = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_places& q);

/// A plate made by hand, without wells yet.
/// @throws failure{bad_request} for a size beyond 100 x 100; {not_found, denied} for the
///         screen.
struct create_plate {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::string name, description;
  int32_t rows = 8, columns = 12;
  std::optional<int64_t> screen;
  using reply = json_document; ///< see find_plate
};
json_document run(soci::session& sql, const create_plate& q);

/// A further run of a plate made by hand.
struct create_run {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t plate = 0;
  std::string name, description;
  using reply = json_document; ///< see find_run
};
json_document run(soci::session& sql, const create_run& q);

struct plate_field {
  int32_t row = 0, column = 0; ///< of the well, from 0
  int64_t image = 0;
  std::optional<int64_t> run;
};
/// Lays images into the wells of a plate made by hand: it then shows these and no others,
/// in a well in their order. Wells stay, with what is on them. Answers for the images.
/// @throws failure{denied, not_found} for the plate; {conflict} for one that a file
///         brought; {bad_request} for wells beyond it and runs that are not its own.
struct fill_plate {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t plate = 0;
  std::vector<plate_field> fields;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const fill_plate& q);

} // namespace troupe
