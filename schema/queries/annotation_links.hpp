// The statements below annotating: rows of annotations and of their links.

#pragma once

#include "schema/queries/annotate.hpp"

namespace troupe {

/// Nobody who only looks writes. @throws failure{denied}.
void require_author(const viewer& who);

/// @param rows  see row_of. @returns their ids, in that order.
/// @throws failure{bad_request} for a time that is none.
std::vector<int64_t> insert_annotations(soci::session& sql, const viewer& who,
                                        nlohmann::json rows);

/// Every annotation on every object of one group; what is there stays.
void link_annotations(soci::session& sql, const viewer& who, object_type type,
                      const std::vector<int64_t>& objects,
                      const std::vector<int64_t>& annotations);

/// One annotation on one object, many times.
struct annotation_link {
  int64_t object, annotation;
};
void link_annotations(soci::session& sql, const viewer& who, object_type type,
                      const std::vector<annotation_link>& links);

/// Deletes those of the annotations that are on nothing any more and mean nothing alone.
void drop_loose(soci::session& sql, const viewer& who,
                const std::vector<int64_t>& annotations);

/// A tag of that name in the group that the viewer sees, preferably their own.
/// @returns 0 when there is none.
int64_t tag_called(soci::session& sql, const viewer& who, int64_t group,
                   const std::string& name);

nlohmann::json annotated_detail(const std::vector<int64_t>& annotations);

} // namespace troupe
