// Instruments and their settings: the OME model's tree of devices, as data.

#pragma once

#include "storage/metadata/quantity.hpp"

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace troupe::metadata {

using value = std::variant<std::string, double, bool, quantity>;

/// A device, what it is made of, or a setting of it. Kinds and attributes have the names
/// of the OME model: part{"Objective", "Objective:0", {{"LensNA", 1.4}}}.
struct part {
  std::string kind;
  std::string id; ///< as in the file; of a setting: the device it sets
  std::vector<std::pair<std::string, value>> attributes = {};
  std::vector<part> parts = {};
  std::vector<int32_t> annotations = {}; ///< indexes of document::annotations
  bool operator==(const part&) const = default;
};

/// @returns nullptr when there is none of that kind.
const part* find(const std::vector<part>& parts, const std::string& kind);
/// @returns nullptr when the file does not say.
const value* find(const part& of, const std::string& attribute);

} // namespace troupe::metadata
