#include "schema/queries/histograms.hpp"

#include "schema/kept_plans.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/renderings.hpp"
#include "schema/queries/rows.hpp"
#include "storage/failure.hpp"

namespace troupe {

nlohmann::json histogram_to_json(const derive::histogram& h) {
  if (h.counts.empty())
    return nullptr;
  return {{"from", number_to_json(h.from)},
          {"to", number_to_json(h.to)},
          {"counts", h.counts},
          {"exact", h.exact}};
}

std::optional<derive::histogram> run(soci::session& sql, const find_histogram& q) {
  auto who = to_sql(q.who);
  int damaged = static_cast<int>(image_state::damaged);
  soci::row row;
  sql << kept << R"sql(
    select cast(c.histogram as text) as histogram
      from images as i
      left join channels as c
        on c.image_id = i.id and c.position = :channel and i.state <> :damaged
     where i.id = :image
       and visible(i.owner_id, i.group_id, cast(:who as viewer)))sql",
    soci::use(q.channel, "channel"), soci::use(damaged, "damaged"),
    soci::use(q.image, "image"), soci::use(who, "who"), soci::into(row);
  if (!sql.got_data())
    throw failure{errc::not_found, "image " + std::to_string(q.image)};
  const auto stored = text_of(row, "histogram");
  if (stored.empty())
    return std::nullopt;
  const auto j = nlohmann::json::parse(stored);
  return derive::histogram{number_from_json(j.at("from")), number_from_json(j.at("to")),
                           j.at("counts"), j.at("exact")};
}

} // namespace troupe
