#include "storage/formats/fileset.hpp"

#include <atomic>
#include <nlohmann/json.hpp>

namespace troupe::formats {

fileset::fileset(description what) : what_{std::move(what)} {
  static std::atomic<uint64_t> made{0};
  id_ = ++made;
}

nlohmann::json fileset::memo() const {
  return nullptr;
}

} // namespace troupe::formats
