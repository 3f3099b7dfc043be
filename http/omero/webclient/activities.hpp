// Long work as a session of OMERO's pages remembers it: begun, watched, forgotten.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/jobs.hpp"

namespace troupe::http::omero {

/// Begins a job of ours and remembers it.
/// @param told  what the pages show of it, with "job_type".
/// @returns the key by which it is remembered.
std::string begin_activity(call& c, create_job job, json told);

/// Remembers work that is done already.
std::string note_finished(call& c, json told);

/// Keeps what a dry run found, to be fetched by ?jobId=. @returns that id.
std::string note_dry_run(call& c, const json& report);

} // namespace troupe::http::omero
