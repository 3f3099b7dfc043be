// What jobs may do: questions about many objects, by name.

#pragma once

#include "schema/queries/job_fields.hpp"
#include "schema/queries/jobs.hpp"

namespace troupe {

/// What became of an object; done without an error.
struct job_result {
  int64_t id = 0;
  std::string error, reason;
};
struct job_outcome {
  std::vector<job_result> objects;
  std::string answer; ///< JSON of what is one transaction, else empty
};

struct job_act {
  std::string_view name;
  bool whole = false; ///< one transaction however many objects; has a preview
  bool changes_rights = false;
  /// @param what  the question's fields; a step may leave others for the next one.
  job_outcome (*perform)(soci::session& sql, const viewer& who, nlohmann::json& what,
                         const std::vector<int64_t>& ids, bool preview);
};
/// @throws failure{internal} for a name that is none.
const job_act& job_act_called(std::string_view name);

template <class Q>
inline constexpr std::string_view job_name = "";
template <>
inline constexpr std::string_view job_name<change_objects> = "change";
template <>
inline constexpr std::string_view job_name<link_objects> = "link";
template <>
inline constexpr std::string_view job_name<unlink_objects> = "unlink";
template <>
inline constexpr std::string_view job_name<annotate_objects> = "annotate";
template <>
inline constexpr std::string_view job_name<unannotate_objects> = "unannotate";
template <>
inline constexpr std::string_view job_name<rate_objects> = "rate";
template <>
inline constexpr std::string_view job_name<delete_annotations> = "delete-annotations";
template <>
inline constexpr std::string_view job_name<paste_settings> = "paste-settings";
template <>
inline constexpr std::string_view job_name<reset_many_settings> = "reset-settings";
template <>
inline constexpr std::string_view job_name<delete_objects> = "delete";
template <>
inline constexpr std::string_view job_name<move_objects> = "move";
template <>
inline constexpr std::string_view job_name<give_objects> = "give";

/// The question as a job.
/// @throws failure{bad_request} for what makes no sense in the background.
template <class Q>
create_job job_of(Q q, std::optional<selection> chosen) {
  static_assert(!job_name<Q>.empty(), "jobs know nothing of this question");
  if constexpr (requires { q.preview; })
    if (q.preview)
      throw failure{errc::bad_request,
                    "a preview is told at once, not in the background"};
  if constexpr (requires { q.version; })
    if (q.version)
      throw failure{errc::bad_request, "a version goes with a single id, at once"};
  return {.who = {},
          .act = std::string{job_name<Q>},
          .what = fields_in(q),
          .type = listed_type(q),
          .ids = listed_in(q),
          .chosen = std::move(chosen)};
}

} // namespace troupe
