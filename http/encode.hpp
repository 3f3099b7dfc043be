// What goes over the wire: one overload per reply, nothing else builds the API's JSON.

#pragma once

#include "actors/sessions.hpp"
#include "actors/supervisor.hpp"
#include "http/web.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/metadata.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

using json = nlohmann::json;

/// A JSON document as a response. Text that is not UTF-8 is mended, never refused.
web_response document(const json& body, int status = 200);

/// @param children  what is counted: "datasets" of projects, "images" of datasets.
web_response encode(const page<container>&, const char* children);
web_response encode(const container&, const char* children);
web_response encode(const dataset_details&);
/// @param prefix  of the addresses of their thumbnails.
web_response encode(const page<image_entry>&, const std::string& prefix);
web_response encode(const image_details&, const std::string& prefix);
web_response encode(const import_view&);
web_response encode(const page<import_view>&);
/// As PostgreSQL made it.
web_response encode(const json_document&);
web_response encode(const page<json_item>&);
web_response encode(const done&);
/// With ETag; 304 when it came without bytes.
web_response encode(const encoded_image&);

json json_of(const session_record& record);
json json_of(const actor_figures& figures);

} // namespace troupe::http
