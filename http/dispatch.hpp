// A request from the gate to its answer: router, errors, headers every answer has, log.

#pragma once

#include "http/desk.hpp"

namespace troupe::http {

web_response dispatch(desk& d, web_request& in);

} // namespace troupe::http
