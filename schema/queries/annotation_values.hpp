// What a person may write into an annotation, checked and laid out as a row.

#pragma once

#include "schema/queries/annotate.hpp"

namespace troupe {

/// "tag", "comment", "xml", "term", "long", "double", "boolean", "timestamp", "map",
/// "file", "list". @throws failure{bad_request} for another word.
metadata::annotation_kind annotation_kind_named(std::string_view name);

/// Columns of the value: text_value, number_value, time or pairs.
/// @throws failure{bad_request} naming what the kind takes.
nlohmann::json value_columns(metadata::annotation_kind kind, const nlohmann::json& value);

/// The whole row. Key-values without a name space get the one people edit.
/// @throws failure{bad_request}; for ratings too: they are rate_objects'.
nlohmann::json row_of(const new_annotation& what, int64_t group);

void check_name_space(const std::string& name);

} // namespace troupe
