// Rendering settings of one image: found, saved, reset.

#include "schema/queries/audit.hpp"
#include "schema/queries/view_settings_rows.hpp"
#include "storage/failure.hpp"
#include "storage/render/reset.hpp"

namespace troupe {

namespace {

/// What the image's owner shows: an account without anything of its own sees that.
view_settings owners_view(soci::session& sql, const viewer& who, int64_t image,
                          const view_settings& now) {
  auto as_owner = who;
  as_owner.account = now.owner.id;
  as_owner.everything = true; // that the viewer may see it is known
  return read_settings(sql, as_owner, image).shown;
}

view_settings with_choice(soci::session& sql, const viewer& who, settings_facts from,
                          const settings_choice& as) {
  auto& shown = from.shown;
  auto& s = shown.settings;
  switch (as.preset) {
    case settings_preset::imported:
      s = render::default_settings(from.channels);
      shown.at = render::default_plane(shown.size.z);
      break;
    case settings_preset::owner: {
      auto theirs = owners_view(sql, who, shown.image, shown);
      s = theirs.settings;
      shown.at = theirs.at;
      break;
    }
    case settings_preset::min_max:
      s = render::with_min_max(std::move(s), shown.type, shown.significant_bits);
      break;
    case settings_preset::full_range:
      s = render::with_full_range(std::move(s), shown.type);
      break;
    case settings_preset::automatic:
      s = render::with_windows(std::move(s), as.windows);
      break;
  }
  return shown;
}

void keep(soci::session& sql, const viewer& who, const view_settings& what, int action) {
  keep_settings(sql, who, what.settings, {{what.image, what.at}}, {action, what.image});
}

} // namespace

view_settings run(soci::session& sql, const find_settings& q) {
  auto found = read_settings(sql, q.who, q.image);
  return q.as ? with_choice(sql, q.who, std::move(found), *q.as) : found.shown;
}

view_settings run(soci::session& sql, const save_settings& q) {
  auto now = read_settings(sql, q.who, q.image).shown;
  require_may_save(now);
  check_settings(q.settings, q.at, now);
  now.settings = q.settings;
  now.at = q.at;
  keep(sql, q.who, now, audit_action::save_settings);
  return read_settings(sql, q.who, q.image).shown;
}

view_settings run(soci::session& sql, const reset_settings& q) {
  auto now = read_settings(sql, q.who, q.image);
  require_may_save(now.shown);
  keep(sql, q.who, with_choice(sql, q.who, std::move(now), q.as),
       audit_action::save_settings);
  return read_settings(sql, q.who, q.image).shown;
}

} // namespace troupe
