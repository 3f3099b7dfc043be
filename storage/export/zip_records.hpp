// The records a ZIP is made of (APPNOTE 6.3).

#pragma once

#include "storage/export/zip.hpp"

namespace troupe::exports {

/// Appends the record to `to`; those that return a size append nothing.
void put_local_header(shared_bytes::vector& to, const archived_file& file);
void put_descriptor(shared_bytes::vector& to, const archived_file& file, uint32_t crc);
void put_directory_entry(shared_bytes::vector& to, const archived_file& file,
                         const zip_entry& entry);
/// @param start  where the directory begins. @param end  where it ends: here.
void put_directory_end(shared_bytes::vector& to, uint64_t count, uint64_t start,
                       uint64_t end);

} // namespace troupe::exports
