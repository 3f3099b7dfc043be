// Original files as one streamed ZIP.

#pragma once

#include "http/web.hpp"
#include "schema/queries/downloads.hpp"
#include "storage/export/zip.hpp"

namespace troupe::http {

/// Every file is looked at first: what is gone or has changed refuses the whole. What
/// changes while it is sent breaks the connection off.
/// @throws failure{not_found, unreadable} naming the file.
web_response archive_answer(const original_files& files);

/// Any files, also such as are made while they are sent.
/// @param name  of the archive.
web_response archive_answer(const std::string& name,
                            std::vector<exports::archived_file> files);

} // namespace troupe::http
