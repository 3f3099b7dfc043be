// Annotations made, changed, put on objects, taken off and deleted.

#pragma once

#include "schema/queries/batch.hpp"
#include "schema/queries/metadata.hpp"
#include "storage/metadata/annotation.hpp"

#include <nlohmann/json.hpp>

namespace troupe {

/// What annotations with a meaning of their own are known by.
namespace name_space {
inline constexpr std::string_view rating = "openmicroscopy.org/omero/insight/rating",
                                  tag_set = "openmicroscopy.org/omero/insight/tagset",
                                  key_values =
                                    "openmicroscopy.org/omero/client/mapAnnotation";
}

/// Bytes that are kept already, see attachment_writer.
struct stored_file {
  std::string name, mime, sha256;
  int64_t bytes = 0;
};

struct new_annotation {
  metadata::annotation_kind kind = metadata::annotation_kind::tag;
  nlohmann::json value; ///< text, number, truth, or [{"k": ..., "v": ...}, ...]
  std::string name_space, description;
  std::optional<stored_file> file; ///< of the kind file, and of no other
};

/// Makes an annotation in the viewer's group; with targets in theirs, and puts it on all
/// of them.
/// @throws failure{bad_request} for a value that does not fit the kind; {not_found,
///         denied, conflict} for the first target it cannot be put on.
struct create_annotation {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  new_annotation what;
  object_type type = object_type::image;
  std::vector<int64_t> targets;
  using reply = json_document; ///< see find_annotation
};
json_document run(soci::session& sql, const create_annotation& q);

struct find_annotation {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t annotation = 0;
  using reply = json_document;
};
json_document run(soci::session& sql, const find_annotation& q);

/// @param version  @throws failure{conflict} when the annotation has another one, because
///                 somebody else has changed it.
struct change_annotation {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  int64_t annotation = 0;
  std::optional<nlohmann::json> value;
  std::optional<std::string> name_space, description;
  std::optional<int32_t> version;
  using reply = json_document;
};
json_document run(soci::session& sql, const change_annotation& q);

/// Deletes annotations with their links. {conflict} for what somebody else has put on an
/// object the viewer may not edit.
struct delete_annotations {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::vector<int64_t> ids;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const delete_annotations& q);

/// What became of the objects, and which annotations they have now.
struct annotated_objects {
  static constexpr bool local = true;
  batch_result objects;
  std::vector<int64_t> annotations; ///< those asked for, then the new ones
};

/// Puts annotations on objects: existing ones that the viewer sees, and new ones. A new
/// tag is not made when the viewer sees one of that name in the group. All are of one
/// group; objects of another are refused.
/// @throws failure{not_found} for an annotation that is not visible; {conflict} for those
///         of two groups; {bad_request} for ratings, see rate_objects.
struct annotate_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids, annotations;
  std::vector<new_annotation> fresh;
  using reply = annotated_objects;
};
annotated_objects run(soci::session& sql, const annotate_objects& q);

/// Takes annotations off objects: one's own links always, others' with the right to edit
/// the object. Comments, ratings and plain values end with their last link; tags, key-
/// values, XML and files stay.
struct unannotate_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids, annotations;
  bool only_own = false; ///< leaves what others put there
  using reply = batch_result;
};
batch_result run(soci::session& sql, const unannotate_objects& q);

/// One rating per person and object: the new one replaces the old one.
/// @param rating  1 to 5, 0 takes it away.
struct rate_objects {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  object_type type = object_type::image;
  std::vector<int64_t> ids;
  int32_t rating = 0;
  using reply = batch_result;
};
batch_result run(soci::session& sql, const rate_objects& q);

/// Whether the viewer may make a file annotation of that name: asked before the bytes are
/// taken. @throws failure{bad_request, denied}.
struct check_attachment {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::string name, mime;
  using reply = done;
};
done run(soci::session& sql, const check_attachment& q);

} // namespace troupe
