// The state of the house for administrators, as JSON and for Prometheus.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

web_response status_document(const desk& d, const company_report& company);

/// Prometheus text format 0.0.4; labels are kinds and patterns, never ids.
web_response metrics_document(const desk& d, const company_report& company);

} // namespace troupe::http
