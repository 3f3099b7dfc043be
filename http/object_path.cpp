#include "http/object_path.hpp"

#include "http/arguments.hpp"
#include "storage/failure.hpp"

namespace troupe::http {

object_type type_in_path(const web_request& in) {
  const auto& segment = in.segments.at(2);
  if (segment == "runs") // their table has a longer name
    return object_type::run;
  for (int i = 1; i <= object_types; ++i)
    if (const auto type = static_cast<object_type>(i); table_of(type) == segment)
      return type;
  throw failure{errc::not_found, "no such address"};
}

object_name object_in_path(const web_request& in) {
  const auto type = type_in_path(in);
  return {type, id_in_path(in, std::string{name_of(type)}.c_str())};
}

} // namespace troupe::http
