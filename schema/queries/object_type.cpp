#include "schema/queries/object_type.hpp"

#include "storage/failure.hpp"

#include <array>
#include <string>

namespace troupe {

namespace {

struct words {
  std::string_view name, table;
};
constexpr std::array<words, object_types> all{{{"project", "projects"},
                                               {"dataset", "datasets"},
                                               {"image", "images"},
                                               {"annotation", "annotations"},
                                               {"screen", "screens"},
                                               {"plate", "plates"},
                                               {"folder", "folders"},
                                               {"roi", "rois"},
                                               {"fileset", "filesets"},
                                               {"well", "wells"},
                                               {"run", "plate_runs"},
                                               {"channel", "channels"},
                                               {"shape", "shapes"},
                                               {"reagent", "reagents"}}};

const words& words_of(object_type type) {
  return all.at(static_cast<size_t>(type) - 1);
}

} // namespace

std::string_view name_of(object_type type) {
  return words_of(type).name;
}

std::string_view table_of(object_type type) {
  return words_of(type).table;
}

object_type object_type_named(std::string_view name) {
  for (size_t i = 0; i < all.size(); ++i)
    if (all[i].name == name)
      return static_cast<object_type>(i + 1);
  throw failure{errc::bad_request, "there is no type \"" + std::string{name} + "\""};
}

} // namespace troupe
