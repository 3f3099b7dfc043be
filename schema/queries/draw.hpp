// Regions drawn on images: made, changed, deleted, and looked at.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"
#include "storage/regions/region_file.hpp"

namespace troupe {

struct shape_edit {
  std::optional<int64_t> id; ///< the shape it takes the place of; absent: one more
  metadata::shape what;
};

struct region_change {
  int64_t id = 0;
  std::optional<int32_t> version; ///< refused {conflict} when the region has another one
  std::optional<std::string> name, description;
  std::vector<shape_edit> put;
  std::vector<int64_t> drop; ///< shapes
  bool only_put = false;     ///< every shape that is not put is dropped
};

struct region_removal {
  int64_t id = 0;
  std::optional<int32_t> version;
};

/// A region as it is now. `shapes` are those that were put, in their order.
struct drawn_region {
  int64_t id = 0;
  int32_t version = 0;
  std::vector<int64_t> shapes;
};

struct drawn_regions {
  static constexpr bool local = true;
  std::vector<drawn_region> created, changed;
  std::vector<int64_t> deleted;
  int64_t trash = 0; ///< that holds the deleted; 0 without
  std::vector<refused_object> refused;
};

/// Draws regions on an image, which are the viewer's; changes and deletes regions of any
/// image. New ones are made all or none; each change and deletion is done or refused.
/// @throws failure{bad_request} naming the field that is wrong, also for a region named
///         twice; {not_found, denied} for the image; {too_large}.
struct draw_regions {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0; ///< only for `create`
  std::vector<metadata::roi> create;
  std::vector<region_change> change;
  std::vector<region_removal> remove;
  std::string create_field = "rois"; ///< what `create` is called in refusals
  int64_t days = 30;                 ///< until the deleted cannot be had back
  using reply = drawn_regions;
};
drawn_regions run(soci::session& sql, const draw_regions& q);

/// Names and texts of a file, made such as draw_regions takes.
void tidy_words(std::vector<metadata::roi>& rois);

/// One shape of whatever region: replaced, or dropped when `what` is absent.
/// @param version  of the region.
/// @throws failure{not_found, denied, conflict, bad_request}.
struct change_shape {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t shape = 0;
  std::optional<metadata::shape> what;
  std::optional<int32_t> version;
  using reply = drawn_region;
};
drawn_region run(soci::session& sql, const change_shape& q);

/// A region with its shapes.
struct find_roi {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t roi = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_roi& q);

/// One shape, with the ids of its region and image.
struct find_shape {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t shape = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_shape& q);

/// Sizes of an image on which the viewer may draw. @throws failure{not_found, denied}.
struct drawing_ground {
  static constexpr bool local = true;
  dimensions size;
};
struct check_drawing {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = drawing_ground;
};
drawing_ground run(soci::session& sql, const check_drawing& q);

/// Left, top, right, bottom in pixels.
using view_box = metadata::bounds;

/// Shapes whose box touches a part of the image, of a plane: those on all planes are on
/// every one. In the order of their ids; answers {items, total, next, clusters}. Where
/// there are more than `most`, there are no items, but how many have the centre of their
/// box in each cell of a grid: clusters {size, cells: [{x, y, count}]}, by the corner.
struct list_shapes {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  std::optional<view_box> within; ///< absent: everywhere
  std::optional<int32_t> z, c, t; ///< absent: any
  page_request page;
  int32_t cells = 0; ///< across the part, 1 to 256; 0: always items
  int64_t most = 1000;
  using reply = json_document;
};
json_document run(soci::session& sql, const list_shapes& q);

/// Shapes of an image by their ids, each once, in that order.
/// @throws failure{not_found} naming one the image does not have or the viewer not see.
struct stored_shape {
  int64_t id = 0;
  metadata::shape what;
};
struct stored_shapes {
  static constexpr bool local = true;
  std::vector<stored_shape> shapes;
};
struct find_shapes {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  std::vector<int64_t> ids;
  using reply = stored_shapes;
};
stored_shapes run(soci::session& sql, const find_shapes& q);

/// Regions of an image that have masks, ascending by id.
struct masked_region {
  int64_t id = 0;
  std::string name;
  std::optional<rgba> color; ///< of the first mask that has one
};
struct masked_regions {
  static constexpr bool local = true;
  std::vector<masked_region> regions;
};
struct list_masked_regions {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = masked_regions;
};
masked_regions run(soci::session& sql, const list_masked_regions& q);

/// Masks whose box touches a part of a plane, ascending by region.
/// @throws failure{too_large} for more bytes of masks than a file of regions may have.
struct placed_mask {
  int64_t region = 0;
  metadata::shape what;
};
struct placed_masks {
  static constexpr bool local = true;
  std::vector<placed_mask> masks;
};
struct find_masks {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  view_box within{};
  int32_t z = 0, t = 0;
  using reply = placed_masks;
};
placed_masks run(soci::session& sql, const find_masks& q);

/// Everything drawn on an image that the viewer sees.
/// @throws failure{too_large} for more than a file may have.
struct exported_regions {
  static constexpr bool local = true;
  regions::drawing what;
};
struct export_regions {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = exported_regions;
};
exported_regions run(soci::session& sql, const export_regions& q);

} // namespace troupe
