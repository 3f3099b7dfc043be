#include "http/omero/webclient/words.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <charconv>

namespace troupe::http::omero {

namespace {

struct type_word {
  std::string_view word;
  object_type type;
};
/// The first of a type is how it is written.
constexpr type_word type_words[]{
  {"project", object_type::project},
  {"dataset", object_type::dataset},
  {"image", object_type::image},
  {"screen", object_type::screen},
  {"plate", object_type::plate},
  {"well", object_type::well},
  {"acquisition", object_type::run},
  {"run", object_type::run},
  {"plateacquisition", object_type::run},
  {"fileset", object_type::fileset},
  {"roi", object_type::roi},
  {"shape", object_type::shape},
  {"tag", object_type::annotation},
  {"tagset", object_type::annotation},
  {"comment", object_type::annotation},
  {"file", object_type::annotation},
  {"map", object_type::annotation},
  {"annotation", object_type::annotation},
};

bool can_carry(object_type type) {
  return type != object_type::annotation && type != object_type::shape
         && type != object_type::roi;
}

/// "1,2" is two.
void add_ids(std::vector<named_objects>& all, object_type type, const std::string& name,
             std::string_view text) {
  auto found =
    std::find_if(all.begin(), all.end(), [&](auto& o) { return o.type == type; });
  if (found == all.end())
    found = all.insert(all.end(), {type, {}});
  while (!text.empty()) {
    const auto part = text.substr(0, text.find(','));
    const auto id = id_in_text(part);
    if (!id)
      throw failure{errc::bad_request, name + ": not the id of an object"};
    found->ids.push_back(*id);
    text.remove_prefix(std::min(part.size() + 1, text.size()));
  }
}

std::vector<named_objects> objects_in_fields(const fields& all) {
  std::vector<named_objects> out;
  for (auto& [name, value] : all)
    if (auto type = type_of_word(name); type && can_carry(*type))
      add_ids(out, *type, name, value);
  std::erase_if(out, [](auto& o) { return o.ids.empty(); });
  return out;
}

} // namespace

std::optional<int64_t> id_in_text(std::string_view text) {
  int64_t id{};
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, id);
  return error == std::errc{} && stop == end ? std::optional{id} : std::nullopt;
}

std::optional<object_type> type_of_word(std::string_view word) {
  std::string lower{word};
  for (auto& letter : lower)
    letter = static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  for (auto& w : type_words)
    if (w.word == lower)
      return w.type;
  return std::nullopt;
}

object_type known_type(std::string_view word) {
  if (auto type = type_of_word(word))
    return *type;
  throw failure{errc::not_found, "no kind of object is called " + std::string{word}};
}

std::string_view word_of(object_type type) {
  for (auto& w : type_words)
    if (w.type == type)
      return w.word;
  return name_of(type);
}

std::pair<object_type, int64_t> object_word(std::string_view text) {
  const auto dash = std::min(text.find('-'), text.size());
  const auto type = type_of_word(text.substr(0, dash));
  const auto id = id_in_text(text.substr(std::min(dash + 1, text.size())));
  if (!type || !id)
    throw failure{errc::bad_request,
                  "'" + std::string{text.substr(0, 80)} + "' is not like dataset-5"};
  return {*type, *id};
}

std::vector<named_objects> objects_named(call& c) {
  auto out = objects_in_fields(c.in.query);
  return out.empty() && c.in.body ? objects_in_fields(c.form()) : out;
}

} // namespace troupe::http::omero
