// Key-values and tags of the images of a dataset, or of the wells or images of a plate,
// as a table with a row each.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"

namespace troupe {

/// A table, see read_csv. A column "image id", "well" (of a plate), "image", "image
/// name", "name" or "file name" says whose row it is, the first found in this order.
/// Columns "tag" hold a tag, "tags" several between commas or semicolons; every other
/// column is a key, in the order of columns, and its cells are values. Empty cells say
/// nothing.
struct object_table {
  object_type type = object_type::dataset; ///< or plate
  int64_t parent = 0;
  std::string text;
};

/// Which rows have their object: {separator, of, column, keys, tags, counts, rows,
/// annotations}. A row's status is match, ambiguous (several objects of that name),
/// missing (none that is visible) or denied (it may not be annotated).
/// @throws failure{bad_request} for text that is no table or names no objects;
///         {not_found} for the dataset or plate.
struct preview_table {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_table table;
  using reply = json_document;
};
json_document run(soci::session& sql, const preview_table& q);

/// Puts a map annotation and the tags of each matching row on its object. `annotations`
/// of the answer are those made: deleting them undoes it.
struct import_table {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_table table;
  std::string name_space; ///< of the key-values; empty: those people edit
  using reply = json_document;
};
json_document run(soci::session& sql, const import_table& q);

struct text_table {
  static constexpr bool local = true;
  std::string name; ///< of the dataset or plate
  std::string text;
};
/// What import_table takes: keys and tags that come several times have several columns.
/// @throws failure{not_found}; {too_large} for more than most_objects rows.
struct export_table {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::dataset;
  int64_t parent = 0;
  bool images = false; ///< of a plate: its images, not its wells
  using reply = text_table;
};
text_table run(soci::session& sql, const export_table& q);

} // namespace troupe
