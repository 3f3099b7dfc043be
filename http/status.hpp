// The state of the house for administrators, as JSON and for Prometheus.

#pragma once

#include "http/desk.hpp"

#include <nlohmann/json_fwd.hpp>

namespace troupe::http {

using json = nlohmann::json;

json whole_status(const desk& d, const company_report& company);
web_response status_document(const desk& d, const company_report& company);

/// What is known of one actor: what it handled, what went wrong.
/// @throws failure{not_found} when none has that name.
web_response actor_document(const company_report& company, const std::string& name);

/// The requests of late, the newest first, and one with its way through the actors.
web_response requests_document(const desk& d, size_t count);
/// @throws failure{not_found} for one that is unknown, or forgotten by now.
web_response request_document(const desk& d, const std::string& id);

/// Prometheus text format 0.0.4; labels are kinds and patterns, never ids.
web_response metrics_document(const desk& d, const company_report& company);

} // namespace troupe::http
