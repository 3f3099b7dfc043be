// Key-values, comments and ratings, written on objects.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/annotated.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/error_row.hpp"

namespace troupe::http::omero {

namespace {

using metadata::annotation_kind;

std::string text_of_cell(const json& cell) {
  return cell.is_string() ? cell.get<std::string>() : cell.dump();
}

/// `[["key", "value"], ...]` as our annotations hold it.
json pairs_in_form(call& c) {
  const auto given = json::parse(c.field("mapAnnotation").value_or(""), nullptr, false);
  constexpr auto wanted = R"(mapAnnotation: it must be like [["key", "value"]])";
  if (!given.is_array())
    throw failure{errc::bad_request, wanted};
  auto pairs = json::array();
  for (auto& pair : given) {
    if (!pair.is_array() || pair.size() != 2)
      throw failure{errc::bad_request, wanted};
    pairs.push_back({{"k", text_of_cell(pair[0])}, {"v", text_of_cell(pair[1])}});
  }
  return pairs;
}

/// Each object gets an annotation of its own.
json new_maps(call& c, const json& pairs) {
  const new_annotation what{.kind = annotation_kind::map,
                            .value = pairs,
                            .name_space =
                              c.field("ns").value_or(std::string{name_space::key_values}),
                            .file = {}};
  auto made = json::array();
  for (auto& o : required_objects(c))
    for (auto id : o.ids)
      made.push_back(annotate_all(c, {{o.type, {id}}}, what));
  return made;
}

web_response annotate_map(call& c) {
  const auto pairs = pairs_in_form(c);
  const auto known = c.ids("annId");
  if (pairs.empty()) {
    if (!known.empty())
      require_all(c.ask(delete_annotations{.ids = known}));
    return document({{"annId", nullptr}});
  }
  if (known.empty())
    return document({{"annId", new_maps(c, pairs)}});
  for (auto id : known)
    c.ask(change_annotation{.annotation = id, .value = pairs});
  return document({{"annId", known}});
}

web_response annotate_comment(call& c) {
  const new_annotation what{.kind = annotation_kind::comment,
                            .value = c.field("comment").value_or(""),
                            .file = {}};
  const auto id = annotate_all(c, required_objects(c), what);
  return document({{"annId", id}, {"added_by", c.who().account.id}});
}

web_response annotate_rating(call& c) {
  const auto rating = c.integer("rating");
  if (!rating || *rating < 0 || *rating > 5)
    throw failure{errc::bad_request, "rating: it is from 0 to 5"};
  for (auto& o : required_objects(c))
    require_all(c.ask(rate_objects{
      .type = o.type, .ids = o.ids, .rating = static_cast<int32_t>(*rating)}));
  return document({{"success", true}});
}

} // namespace

const std::vector<route> webclient_value_routes = routes_of({
  error_row("POST", "/webclient/annotate_map", annotate_map),
  error_row("POST", "/webclient/annotate_comment", annotate_comment),
  error_row("POST", "/webclient/annotate_rating", annotate_rating),
});

} // namespace troupe::http::omero
