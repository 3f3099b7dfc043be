// The only owner of PostgreSQL connections: one that writes, some that read.

#pragma once

#include "actors/room.hpp"
#include "schema/queries/accounts.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/health.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/imports.hpp"
#include "schema/queries/pyramids.hpp"
#include "schema/queries/view_settings.hpp"

namespace troupe {

template <class... Q>
struct query_list {
  using actor = caf::typed_actor<ask<Q>..., ask<get_status>>;
  using connection = caf::typed_actor<ask<Q>...>;
};

/// Every question PostgreSQL answers: a message in schema/queries and a name here.
using database_queries =
  query_list<find_account, note_sign_in, open_session, find_session, touch_sessions,
             close_session, list_projects, find_project, create_project, list_datasets,
             find_dataset, create_dataset, resolve_target, list_images, find_image,
             grant_image, create_import, find_import, find_staged_file, list_imports,
             unfinished_imports, advance_import, register_import, pending_measures,
             record_measures, note_measure_attempt, count_imports, check_schema,
             find_settings, save_settings, reset_settings, paste_settings,
             pending_pyramids, note_pyramid, record_pyramid, list_pyramids, drop_pyramid>;

using database_actor = database_queries::actor;

room_actor start_database(start_context& at);

} // namespace troupe
