// Pages of objects of one kind by number, counted, with whose they are and what the
// viewer may do with them.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/groups.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/object_type.hpp"
#include "schema/queries/roi_places.hpp"

namespace troupe {

struct person_words {
  int64_t id = 0;
  std::string login, first_name, middle_name, last_name;
  std::string email, institution; ///< empty unless the viewer may know
};

struct group_words {
  int64_t id = 0, members = 0;
  std::string name, description;
  group_level level = group_level::private_;
};

/// An owner of objects in a group: all of them allow the viewer the same.
struct holding {
  person_words owner;
  group_words group;
  int32_t rights = 0; ///< bits of `right`
};

/// What is told of an image beyond its name.
struct image_words {
  std::optional<int64_t> acquired; ///< ms since 1970
  int64_t imported = 0;            ///< the same
  int64_t fileset = 0;
  int32_t version = 0; ///< changes with the default thumbnail
  int32_t series = 0;
  dimensions size;
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0; ///< 0 = all of the type's
  std::string order;            ///< "XYCZT"
  std::optional<formats::quantity> x, y, z, increment;
  // Only of whole images:
  std::string format, channels; ///< channels: a JSON list, see object_facts.cpp
  bool rgb = false;
};

struct listed_object {
  int64_t id = 0, owner = 0, group = 0;
  std::string name, description; ///< empty for kinds without
  std::optional<int64_t> children;
  image_words image; ///< only of images
  std::string facts; ///< a JSON object if there is more, see object_facts.cpp
};

struct object_page {
  static constexpr bool local = true;
  std::vector<listed_object> items;
  std::vector<listed_object> images; ///< those in wells that are items, in order of ids
  std::vector<holding> holdings;     ///< of items and images
  int64_t total = 0;                 ///< on all pages
};

struct object_place {
  object_type type = object_type::dataset;
  int64_t id = 0;
};

/// Projects, datasets, images, screens, plates and runs in order of their names in lower
/// case, wells column by column, regions and shapes by id. Of images in wells those that
/// are visible.
struct list_objects {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  object_type type = object_type::image;
  std::vector<object_place> places; ///< each holds the objects, lies in or on them
  std::optional<int64_t> id, owner;
  std::optional<int32_t> field; ///< of wells only this one, from 0
  std::optional<shape_wish> shapes; ///< of regions those that have such a one
  bool orphaned = false;        ///< datasets, images, plates that are in nothing
  bool children = false;        ///< counts them for projects, datasets, screens; runs
  bool whole = false;           ///< also what is too much for lists: channels, fields
  int64_t offset = 0;
  int32_t limit = 200; ///< 0 only counts
  using reply = object_page;
};
object_page run(soci::session& sql, const list_objects& q);

} // namespace troupe
