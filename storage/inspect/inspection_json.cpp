#include "storage/inspect/inspection_json.hpp"

#include "storage/failure.hpp"
#include "storage/formats/description_json.hpp"

namespace troupe {
namespace {

using formats::number_in_json;
using formats::number_of_json;
using nlohmann::json;

json of(const channel_range& c) {
  auto j = json::array({number_in_json(c.min), number_in_json(c.max)});
  if (auto& b = c.bins; !b.counts.empty())
    for (auto& part :
         {number_in_json(b.from), number_in_json(b.to), json(b.counts), json(b.exact)})
      j.push_back(part);
  return j;
}

channel_range range_of_json(const json& j) {
  channel_range c{number_of_json(j.at(0)), number_of_json(j.at(1)), {}};
  if (j.size() > 2)
    c.bins = {number_of_json(j.at(2)), number_of_json(j.at(3)), j.at(4), j.at(5)};
  return c;
}

/// Per series, per channel: [min, max], and of a known histogram [from, to, counts,
/// exact].
json of(const std::vector<measured_series>& all) {
  auto list = json::array();
  for (auto& s : all) {
    auto channels = json::array();
    for (auto& c : s.channels)
      channels.push_back(of(c));
    list.push_back(std::move(channels));
  }
  return list;
}

std::vector<measured_series> measures_of(const json& list) {
  std::vector<measured_series> all;
  for (auto& channels : list) {
    measured_series s;
    for (auto& c : channels)
      s.channels.push_back(range_of_json(c));
    all.push_back(std::move(s));
  }
  return all;
}

} // namespace

std::string to_json(const inspection& x) {
  const json all{{"what", formats::to_json(x.what)},
                 {"measured", of(x.measured)},
                 {"estimated", of(x.estimated)}};
  return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

inspection inspection_of_json(const std::string& text) {
  try {
    const auto j = json::parse(text);
    return {formats::description_of_json(j.at("what")), measures_of(j.at("measured")),
            measures_of(j.at("estimated"))};
  } catch (const json::exception& e) {
    throw failure{errc::internal,
                  std::string{"the answer of an inspection: "} + e.what()};
  }
}

} // namespace troupe
