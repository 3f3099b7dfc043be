#include "schema/queries/channel_names.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

int32_t channels_of(soci::session& sql, int64_t image) {
  int count = 0;
  sql << "select size_c from images where id = :image", soci::use(image, "image"),
    soci::into(count);
  return count;
}

void check_names(const rename_channels& q, int32_t channels) {
  for (auto& [position, name] : q.names) {
    if (position < 0 || position >= channels)
      throw failure{errc::bad_request,
                    fmt::format("image {} has no channel {}", q.image, position)};
    check_text("channel name", name, 255);
  }
}

/// Images of the place with that many channels.
std::vector<int64_t> images_in(soci::session& sql, const rename_channels::place& where) {
  constexpr const char* of_dataset =
    "select l.child_id as id from links as l where l.kind = 2 and l.parent_id = :place";
  constexpr const char* of_plate =
    "select distinct f.image_id as id from fields as f"
    " join wells as w on w.id = f.well_id where w.plate_id = :place";
  soci::rowset<soci::row> rows =
    (sql.prepare << (where.type == object_type::dataset ? of_dataset : of_plate),
     soci::use(where.id, "place"));
  std::vector<int64_t> out;
  for (const auto& row : rows)
    out.push_back(int64_of(row, "id"));
  return out;
}

/// @returns the images that have as many channels.
std::vector<int64_t> write_names(soci::session& sql, const rename_channels& q,
                                 const std::vector<int64_t>& images, int32_t channels) {
  auto rows = nlohmann::json::array();
  for (auto& [position, name] : q.names)
    rows.push_back({{"position", position}, {"name", name}});
  const auto names = rows.dump(), ids = array_of(images);
  soci::rowset<soci::row> changed =
    (sql.prepare << R"sql(
    with chosen as (
      select i.id
        from images as i
       where i.id = any(cast(:ids as bigint[])) and i.size_c = :channels
    ), written as (
      update channels as c set name = n.name
        from chosen,
             json_to_recordset(cast(:names as json)) as n (position integer, name text)
       where c.image_id = chosen.id and c.position = n.position
    )
    select id from chosen order by id)sql",
     soci::use(ids, "ids"), soci::use(channels, "channels"), soci::use(names, "names"));
  std::vector<int64_t> out;
  for (const auto& row : changed)
    out.push_back(int64_of(row, "id"));
  return out;
}

} // namespace

renamed_channels run(soci::session& sql, const rename_channels& q) {
  require_right(sql, q.who, object_type::image, q.image, right::edit, "change");
  const auto channels = channels_of(sql, q.image);
  check_names(q, channels);
  std::vector<int64_t> images{q.image};
  if (q.everywhere_in) {
    require_seen(sql, q.who, q.everywhere_in->type, q.everywhere_in->id);
    images = images_in(sql, *q.everywhere_in);
  }
  const auto editable =
    allowed(sql, q.who, object_type::image, images, right::edit, "change").ids();
  const auto changed = write_names(sql, q, editable, channels);
  auto names = nlohmann::json::object();
  for (auto& [position, name] : q.names)
    names[std::to_string(position)] = name;
  note(sql, q.who,
       {audit_action::change, object_kind::image, changed, 0, {{"channels", names}}});
  return {static_cast<int64_t>(images.size()), static_cast<int64_t>(changed.size())};
}

} // namespace troupe
