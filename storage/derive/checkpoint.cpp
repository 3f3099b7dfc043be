#include "storage/derive/checkpoint.hpp"

#include <fstream>

namespace troupe::derive {
namespace {

using nlohmann::json;

constexpr auto checkpoint_name = "checkpoint.cbor";
constexpr int layout = 2; ///< of `counts`

} // namespace

void save(const checkpoint& c, const source_stamp& source,
          const std::filesystem::path& folder) {
  const json all{{"rule", rule_version}, {"source", to_json(source)},
                 {"layout", layout},     {"page", c.page},
                 {"rows", c.rows},       {"file", c.file},
                 {"counts", c.counts}};
  const auto aside = folder / (std::string{checkpoint_name} + ".new");
  std::ofstream out{aside, std::ios::binary};
  json::to_cbor(all, out);
  out.close();
  if (!out)
    throw failure{errc::no_space, "the checkpoint of a pyramid cannot be written"};
  std::filesystem::rename(aside, folder / checkpoint_name);
}

checkpoint load(const source_stamp& source, const std::filesystem::path& folder) {
  std::ifstream in{folder / checkpoint_name, std::ios::binary};
  const auto j = json::from_cbor(in, true, false);
  if (!j.is_object() || j.value("rule", 0) != rule_version
      || j.value("layout", 1) != layout || j.value("source", json{}) != to_json(source))
    return {};
  return {j.at("page"), j.at("rows"), j.at("file"), j.at("counts")};
}

} // namespace troupe::derive
