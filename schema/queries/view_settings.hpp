// How an image is shown to whom: found, saved, reset, pasted.

#pragma once

#include "schema/message.hpp"
#include "schema/queries/selection.hpp"
#include "storage/render/settings.hpp"

#include <soci/soci.h>

namespace troupe {

/// Whose choice settings are: the viewer's own, else the image owner's, else nobody's.
enum class settings_origin : uint8_t { own, owner, computed };

struct view_settings {
  static constexpr bool local = true;
  int64_t image = 0;
  render::settings settings; ///< every channel, with its statistics
  plane_index at;            ///< shown first
  settings_origin origin = settings_origin::computed;
  std::string changed;   ///< RFC 3339; empty = never by a person
  bool may_save = false; ///< the viewer may have settings of their own
  person owner;          ///< of the image
  dimensions size;
  pixel_type type = pixel_type::uint8;
  int32_t significant_bits = 0;
};

/// What can be had at the press of a button instead of the settings in force.
enum class settings_preset : uint8_t {
  imported,   ///< everything as after the import
  owner,      ///< everything as the image's owner shows it
  min_max,    ///< windows to the smallest and largest sample of each channel
  full_range, ///< windows to the range of the type
  automatic,  ///< windows to the given ones, measured on a plane
};
struct settings_choice {
  settings_preset preset = settings_preset::imported;
  std::vector<std::pair<int32_t, render::sample_range>>
    windows; ///< automatic: by channel
};

/// @throws failure{not_found} "image 7" when absent or not visible.
struct find_settings {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  std::optional<settings_choice> as; ///< what a reset would save
  trace_mark trace = {};
  using reply = view_settings;
};
view_settings run(soci::session& sql, const find_settings& q);

/// Settings of an image as an account has them.
struct saved_rendering {
  int64_t id = 0, owner = 0;
  std::string first_name, last_name; ///< of the owner
  render::settings settings;         ///< every channel
  plane_index at;
};
struct saved_renderings {
  static constexpr bool local = true;
  std::vector<saved_rendering> items; ///< ascending by id
};
/// Everybody's. @throws failure{not_found} "image 7" when absent or not visible.
struct list_renderings {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t image = 0;
  using reply = saved_renderings;
};
saved_renderings run(soci::session& sql, const list_renderings& q);

/// Saves the viewer's own settings. @throws failure{not_found}, {denied} for who may not
/// have their own, {bad_request} for what does not fit the image.
struct save_settings {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0;
  render::settings settings;
  plane_index at;
  trace_mark trace = {};
  using reply = view_settings;
};
view_settings run(soci::session& sql, const save_settings& q);

/// Saves a preset as the viewer's own settings. @throws as save_settings.
struct reset_settings {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0;
  settings_choice as;
  trace_mark trace = {};
  using reply = view_settings;
};
view_settings run(soci::session& sql, const reset_settings& q);

struct pasted_settings {
  static constexpr bool local = true;
  struct target {
    int64_t image = 0;
    std::string error; ///< why it kept its settings, empty = it has the new ones
  };
  std::vector<target> targets; ///< in the order they were asked for
};

/// Saves what the viewer sees of one image as their own settings of others: images of the
/// same pixel type and channels; z and t only where they have them.
/// @throws failure{not_found} for the source, {bad_request} for more than 1000 targets.
struct paste_settings {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t image = 0; ///< the source
  std::vector<int64_t> targets;
  std::optional<selection> chosen; ///< instead of `targets`
  trace_mark trace = {};
  using reply = pasted_settings;
};
pasted_settings run(soci::session& sql, const paste_settings& q);

/// Saves a preset as the viewer's own settings of each image.
/// @throws failure{bad_request} for `automatic`, which is measured image by image;
///         {too_large} for more than 1000 images.
struct reset_many_settings {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  static constexpr bool changes_rights = true; ///< sessions remember how images are shown
  viewer who;
  std::vector<int64_t> targets;
  settings_choice as;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const reset_many_settings& q);

} // namespace troupe
