#include "storage/metadata/annotation.hpp"

namespace troupe::metadata {
namespace {

constexpr std::pair<annotation_kind, std::string_view> names[] = {
  {annotation_kind::tag, "TagAnnotation"},
  {annotation_kind::comment, "CommentAnnotation"},
  {annotation_kind::xml, "XMLAnnotation"},
  {annotation_kind::term, "TermAnnotation"},
  {annotation_kind::long_integer, "LongAnnotation"},
  {annotation_kind::floating, "DoubleAnnotation"},
  {annotation_kind::boolean, "BooleanAnnotation"},
  {annotation_kind::timestamp, "TimestampAnnotation"},
  {annotation_kind::map, "MapAnnotation"},
  {annotation_kind::file, "FileAnnotation"},
  {annotation_kind::list, "ListAnnotation"}};

} // namespace

std::string_view name_of(annotation_kind kind) {
  for (auto& [known, name] : names)
    if (known == kind)
      return name;
  return {};
}

std::optional<annotation_kind> annotation_kind_of(std::string_view ome_name) {
  for (auto& [kind, name] : names)
    if (name == ome_name)
      return kind;
  return std::nullopt;
}

} // namespace troupe::metadata
