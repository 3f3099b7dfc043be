// Original files as one streamed ZIP.

#pragma once

#include "http/web.hpp"
#include "schema/queries/downloads.hpp"

namespace troupe::http {

/// Every file is looked at first: what is gone or has changed refuses the whole. What
/// changes while it is sent breaks the connection off.
/// @throws failure{not_found, unreadable} naming the file.
web_response archive_answer(const original_files& files);

} // namespace troupe::http
