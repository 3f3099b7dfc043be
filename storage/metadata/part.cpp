#include "storage/metadata/part.hpp"

#include <algorithm>

namespace troupe::metadata {

const part* find(const std::vector<part>& parts, const std::string& kind) {
  const auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const part& p) { return p.kind == kind; });
  return found == parts.end() ? nullptr : &*found;
}

const value* find(const part& of, const std::string& attribute) {
  const auto found =
    std::find_if(of.attributes.begin(), of.attributes.end(),
                 [&](const auto& named) { return named.first == attribute; });
  return found == of.attributes.end() ? nullptr : &found->second;
}

} // namespace troupe::metadata
