#include "tests/support/json_shape.hpp"

#include <set>
#include <sstream>

namespace troupe::test {

using nlohmann::json;

namespace {

bool is_of(const json& value, const std::string& type) {
  if (type == "any")
    return true;
  if (type == "int")
    return value.is_number_integer();
  if (type == "number")
    return value.is_number();
  if (type == "string")
    return value.is_string();
  if (type == "bool")
    return value.is_boolean();
  return type == "null" && value.is_null();
}

std::string type_differs(const json& value, const std::string& types,
                         const std::string& where) {
  std::istringstream all{types};
  for (std::string type; std::getline(all, type, '|');)
    if (is_of(value, type))
      return {};
  return where + " is " + value.dump().substr(0, 80) + ", not " + types;
}

std::string object_differs(const json& value, const json& shape,
                           const std::string& where) {
  if (!value.is_object())
    return where + " is no object";
  std::set<std::string> named;
  for (auto& [key, part] : shape.items()) {
    const bool optional = key.ends_with('?');
    const auto name = optional ? key.substr(0, key.size() - 1) : key;
    named.insert(name);
    const auto found = value.find(name);
    if (key == "*")
      continue;
    if (found == value.end()) {
      if (!optional)
        return where + " has no " + name;
    } else if (auto bad = shape_differs(*found, part, where + "." + name); !bad.empty()) {
      return bad;
    }
  }
  const auto others = shape.find("*");
  for (auto& [key, part] : value.items()) {
    if (named.contains(key))
      continue;
    if (others == shape.end())
      return where + " has " + key + ", which nobody promised";
    if (auto bad = shape_differs(part, *others, where + "." + key); !bad.empty())
      return bad;
  }
  return {};
}

std::string list_differs(const json& value, const json& shape, const std::string& where) {
  if (!value.is_array())
    return where + " is no list";
  if (value.empty() && shape.size() == 1)
    return where + " is empty";
  for (size_t i = 0; i < value.size(); ++i)
    if (auto bad =
          shape_differs(value[i], shape.at(0), where + "[" + std::to_string(i) + "]");
        !bad.empty())
      return bad;
  return {};
}

} // namespace

std::string shape_differs(const json& value, const json& shape,
                          const std::string& where) {
  if (shape.is_object())
    return object_differs(value, shape, where);
  if (shape.is_array())
    return list_differs(value, shape, where);
  return type_differs(value, shape.get<std::string>(), where);
}

} // namespace troupe::test
