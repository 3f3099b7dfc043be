// An annotation as the API shows it.

#pragma once

#include <string_view>

namespace troupe {

/// Arguments of json_build_object for a row `a` of annotations, see annotation_joins.
/// Names :who.
inline constexpr std::string_view annotation_fields = R"sql(
             'id', a.id,
             'kind', (array['tag', 'comment', 'xml', 'term', 'long', 'double', 'boolean',
                            'timestamp', 'map', 'file', 'list'])[a.kind],
             'namespace', n.name,
             'description', a.description,
             'value', case when a.kind = 7 then to_json(a.number_value <> 0)
                           when a.number_value is not null then to_json(a.number_value)
                           when a.time_value is not null then to_json(rfc3339(a.time_value))
                           when a.pairs is not null then cast(a.pairs as json)
                           else to_json(a.text_value) end,
             'file', case when f.id is not null then json_build_object(
                       'name', f.name, 'mime', f.mime, 'bytes', f.bytes,
                       'sha256', encode(f.sha256, 'hex')) end,
             'owner', json_build_object('id', w.id, 'login', w.login, 'name', w.name),
             'created', rfc3339(a.created),
             'updated', rfc3339(a.updated),
             'version', a.version,
             'rights', right_names(rights_on(a.owner_id, a.group_id, cast(:who as viewer))))sql";

inline constexpr std::string_view annotation_joins = R"sql(
      join accounts as w on w.id = a.owner_id
      left join name_spaces as n on n.id = a.name_space_id
      left join attachments as f on f.id = a.attachment_id)sql";

/// The name of an object_type for its number `kind`.
inline constexpr std::string_view type_names = R"sql(
  (array['project', 'dataset', 'image', 'annotation', 'screen', 'plate', 'folder', 'roi',
         'fileset', 'well', 'run', 'channel', 'shape', 'reagent']))sql";

} // namespace troupe
