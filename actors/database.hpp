// The only owner of PostgreSQL connections: one that writes, some that read.

#pragma once

#include "actors/query_list.hpp"
#include "schema/inquiry.hpp"
#include "schema/queries/health.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/imports.hpp"
#include "schema/queries/jobs.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/people.hpp"
#include "schema/queries/pyramids.hpp"
#include "schema/queries/reset_links.hpp"
#include "schema/queries/search.hpp"
#include "schema/queries/shares.hpp"
#include "schema/queries/trash.hpp"
#include "schema/queries/view_settings.hpp"

namespace troupe {

/// Every question PostgreSQL answers: what people ask is an inquiry, what rooms ask has
/// its name here.
using database_queries = query_list<
  inquiry, grant_image, find_settings, save_settings, reset_settings, paste_settings,
  find_account, note_sign_in, open_session, find_session, find_visitor, find_reset_link,
  use_reset_link, find_share, find_share_secret, note_share_view, forget_shares,
  touch_sessions, close_session, add_person, change_secret, act_as, resolve_target,
  create_import, find_import, find_staged_file, list_imports, unfinished_imports,
  advance_import, register_import, pending_measures, record_measures,
  note_measure_attempt, count_imports, check_schema, pending_pyramids, note_pyramid,
  record_pyramid, list_pyramids, drop_pyramid, purge_expired, list_doomed_files,
  forget_doomed_files, index_pending, claim_job, advance_job, fail_job, forget_jobs>;

using database_actor = database_queries::actor<ask<drain>, ask<get_status>>;

room_actor start_database(start_context& at);

} // namespace troupe
