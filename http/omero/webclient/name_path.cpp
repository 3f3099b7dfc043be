#include "http/omero/webclient/name_path.hpp"

#include "http/omero/webclient/words.hpp"
#include "schema/queries/search.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

struct named_step_of_path {
  object_type type;
  std::string name;
};

/// "plate.name-x".
std::optional<named_step_of_path> step_of_path(std::string_view text) {
  constexpr std::string_view mark = ".name-";
  const auto at = text.find(mark);
  if (at == text.npos)
    return std::nullopt;
  const auto type = type_of_word(text.substr(0, at));
  if (!type)
    return std::nullopt;
  return named_step_of_path{*type, std::string{text.substr(at + mark.size())}};
}

/// Wells are called after their place in a plate, which is found instead.
std::optional<named_step_of_path> last_named_step(std::string_view path) {
  std::optional<named_step_of_path> last;
  while (!path.empty()) {
    const auto bar = std::min(path.find('|'), path.size());
    auto step = step_of_path(path.substr(0, bar));
    if (step && step->type != object_type::well && step->type != object_type::run)
      last = std::move(step);
    path.remove_prefix(std::min(bar + 1, path.size()));
  }
  return last;
}

} // namespace

std::optional<object_place> object_by_names(call& c, std::string_view path) {
  const auto step = last_named_step(path);
  if (!step || step->name.empty())
    return std::nullopt;
  auto words = step->name;
  std::ranges::replace(words, '"', ' ');
  const auto found = c.ask(search_objects{
    .words = '"' + words + '"', .types = {step->type}, .page = {.limit = 1000}});
  for (auto& item : found.items)
    if (json::parse(item.text).at("name") == step->name)
      return object_place{step->type, item.id};
  return std::nullopt;
}

} // namespace troupe::http::omero
