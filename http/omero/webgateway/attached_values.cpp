#include "http/omero/webgateway/attached_values.hpp"

#include "schema/queries/organise.hpp"
#include "storage/files/managed.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>

namespace troupe::http::omero {

namespace {

constexpr int64_t largest_table = 64 << 20; ///< bytes

std::string content_of(const std::filesystem::path& path, int64_t bytes) {
  std::ifstream file{path, std::ios::binary};
  std::string out(static_cast<size_t>(bytes), '\0');
  if (!file.read(out.data(), bytes))
    throw failure{errc::unreadable, "the file is gone"};
  return out;
}

struct path_step {
  std::string_view word;
  object_type type;
};
constexpr path_step steps[]{
  {"Project", object_type::project},      {"Dataset", object_type::dataset},
  {"Image", object_type::image},          {"Screen", object_type::screen},
  {"Plate", object_type::plate},          {"Well", object_type::well},
  {"datasetLinks", object_type::dataset}, {"imageLinks", object_type::image},
  {"plateLinks", object_type::plate},     {"wells", object_type::well},
  {"wellSamples", object_type::image},
};

object_type type_of_step(std::string_view word) {
  const auto found = std::ranges::find(steps, word, &path_step::word);
  if (found == std::end(steps))
    throw failure{errc::bad_request, fmt::format("no tables are reached by {}", word)};
  return found->type;
}

/// The first and the last type that a path names.
std::pair<object_type, object_type> ends_of(std::string_view path) {
  std::optional<object_type> first;
  object_type last{};
  while (!path.empty()) {
    const auto dot = std::min(path.find('.'), path.size());
    const auto word = path.substr(0, dot);
    if (word != "child" && word != "image")
      last = type_of_step(word);
    if (!first)
      first = last;
    path.remove_prefix(std::min(dot + 1, path.size()));
  }
  if (!first)
    throw failure{errc::bad_request, "a type is needed"};
  return {*first, last};
}

/// The objects of a type that the object lies in.
std::set<int64_t> holders(call& c, object_type type, object_type inner, int64_t id) {
  if (type == inner)
    return {id};
  std::set<int64_t> out;
  const auto found = c.find(find_places{.type = inner, .id = id});
  if (!found)
    return out;
  const auto places = json::parse(found->text);
  for (auto& way : places.at("places"))
    for (auto& step : way)
      if (step.at("type") == name_of(type))
        out.insert(step.at("id").get<int64_t>());
  return out;
}

} // namespace

value_table table_of_file(call& c, int64_t file) {
  const auto found = c.ask(find_kept_attachment{.file = file});
  if (found.bytes > largest_table)
    throw failure{errc::too_large, fmt::format("{} is too large a table", found.name)};
  const auto path =
    c.house.config.data / managed_directory::attachment_file(found.sha256);
  return value_table{content_of(path, found.bytes)};
}

found_tables tables_attached(call& c, std::string_view path, int64_t id) {
  const auto [type, inner] = ends_of(path);
  found_tables out{.type = type};
  for (auto object : holders(c, type, inner, id)) {
    const auto found = c.ask(list_attached_tables{.type = type, .id = object});
    for (auto& table : found.items)
      out.all.push_back({object, table});
  }
  std::ranges::stable_sort(out.all, std::ranges::greater{},
                           [](auto& one) { return one.what.file; });
  return out;
}

} // namespace troupe::http::omero
