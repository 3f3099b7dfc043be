// The API's own description, OpenAPI 3.1, made from the tables of routes.

#pragma once

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

const nlohmann::json& openapi_document();

/// components/schemas: the bodies and replies that routes name.
nlohmann::json openapi_schemas();
/// Those of settings and samples.
nlohmann::json picture_schemas();
/// Those of metadata, annotations and plates.
nlohmann::json metadata_schemas();
/// Those of regions and shapes that are drawn.
nlohmann::json roi_schemas();
/// Those of annotations, tags and tables of them.
nlohmann::json annotation_schemas();
/// Those of accounts, groups and sessions.
nlohmann::json people_schemas();
/// Those of containers, links and many objects at once.
nlohmann::json organise_schemas();
/// Those of deletions, moves and the history.
nlohmann::json trash_schemas();
/// Those of downloads.
nlohmann::json download_schemas();
/// Those of selections, jobs and many thumbnails.
nlohmann::json job_schemas();
/// Those of what administrators see of the server.
nlohmann::json status_schemas();
/// Those of links by which others see objects.
nlohmann::json share_schemas();
/// Those of what is found.
nlohmann::json search_schemas();

} // namespace troupe::http
