#include "storage/derive/meta.hpp"

#include "storage/files/descriptor.hpp"
#include "storage/formats/description_json.hpp"

#include <cerrno>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::derive {
namespace {

using formats::number_in_json;
using formats::number_of_json;
using nlohmann::json;

json of(const channel_statistics& c) {
  return {{"min", number_in_json(c.min)},
          {"max", number_in_json(c.max)},
          {"histogram",
           {{"from", number_in_json(c.bins.from)},
            {"to", number_in_json(c.bins.to)},
            {"counts", c.bins.counts},
            {"exact", c.bins.exact}}}};
}

channel_statistics kept_channel_of(const json& j) {
  const auto& h = j.at("histogram");
  return {number_of_json(j.at("min")),
          number_of_json(j.at("max")),
          {number_of_json(h.at("from")), number_of_json(h.at("to")), h.at("counts"),
           h.value("exact", false)}}; // pyramids made before there was the word
}

source_stamp stamp_of_json(const json& j) {
  return {j.at("name"), j.at("bytes"), j.at("modifiedNs"), j.at("series")};
}

} // namespace

source_stamp stamp_of(const std::filesystem::path& file, int32_t series) {
  struct stat now {};
  if (::stat(file.c_str(), &now) != 0)
    throw failure{errc::not_found, file.filename().string() + ": " + reason_of(errno)};
  return {file.filename().string(), now.st_size,
          now.st_mtim.tv_sec * 1'000'000'000 + now.st_mtim.tv_nsec, series};
}

json to_json(const source_stamp& s) {
  return {{"name", s.name},
          {"bytes", s.bytes},
          {"modifiedNs", s.modified_ns},
          {"series", s.series}};
}

void write_meta(const pyramid_meta& m, const std::filesystem::path& folder) {
  auto levels = json::array(), channels = json::array();
  for (auto& l : m.levels)
    levels.push_back({l.width, l.height});
  for (auto& c : m.channels)
    channels.push_back(of(c));
  const json all{{"rule", rule_version},
                 {"source", to_json(m.source)},
                 {"bytes", std::filesystem::file_size(folder / pyramid_name)},
                 {"firstLevel", m.first_level},
                 {"levels", std::move(levels)},
                 {"channels", std::move(channels)}};
  std::ofstream out{folder / meta_name};
  out << all.dump(1, ' ', false, json::error_handler_t::replace) << "\n";
  if (!out.flush())
    throw failure{errc::no_space, "the description of a pyramid cannot be written"};
}

std::optional<pyramid_meta> read_meta(const std::filesystem::path& folder) {
  std::ifstream in{folder / meta_name};
  const auto j = json::parse(in, nullptr, false);
  try {
    if (j.at("rule") != rule_version
        || j.at("bytes") != std::filesystem::file_size(folder / pyramid_name))
      return std::nullopt;
    pyramid_meta m{stamp_of_json(j.at("source")), j.at("firstLevel"), {}, {}};
    for (auto& l : j.at("levels"))
      m.levels.push_back({l.at(0), l.at(1)});
    for (auto& c : j.at("channels"))
      m.channels.push_back(kept_channel_of(c));
    return m;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

} // namespace troupe::derive
