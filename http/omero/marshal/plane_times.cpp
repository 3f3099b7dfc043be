#include "http/omero/marshal/plane_times.hpp"

#include "schema/queries/metadata.hpp"
#include "storage/formats/ome_units.hpp"

namespace troupe::http::omero {

namespace {

/// @param times  dense, by time point, channel, section. Null where nothing is known.
std::optional<double> first_known(const json& times, size_t from, size_t planes) {
  if (!times.is_array())
    return std::nullopt;
  for (auto i = from; i < from + planes && i < times.size(); ++i)
    if (times[i].is_number())
      return times[i].get<double>();
  return std::nullopt;
}

} // namespace

std::vector<double> plane_times(call& c, const image_details& image) {
  const auto& size = image.entry.size;
  if (size.t == 1)
    return {};
  const auto known =
    json::parse(c.ask(find_metadata{.image = image.entry.id}).text).at("planes");
  const auto times = known.is_object() ? known.at("deltaT") : json{};
  const auto& step = image.time_increment;
  const auto increment =
    step ? formats::in_seconds(step->value, step->unit).value_or(0) : 0;
  const auto planes = static_cast<size_t>(size.c) * static_cast<size_t>(size.z);
  std::vector<double> out;
  for (int32_t t = 0; t < size.t; ++t)
    out.push_back(first_known(times, static_cast<size_t>(t) * planes, planes)
                    .value_or(t * increment));
  return out;
}

} // namespace troupe::http::omero
