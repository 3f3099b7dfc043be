#include "schema/queries/job_acts.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace troupe {

namespace {

std::vector<job_result> results_in(const batch_result& r) {
  std::vector<job_result> out;
  for (auto id : r.done)
    out.push_back({id, "", ""});
  for (auto& x : r.refused)
    out.push_back({x.id, to_string(x.why), x.reason});
  return out;
}

job_outcome outcome_of(const batch_result& r) {
  return {results_in(r), ""};
}

job_outcome outcome_of(const pasted_settings& r) {
  job_outcome out;
  for (auto& t : r.targets)
    out.objects.push_back(
      {t.image, t.error.empty() ? "" : to_string(errc::conflict), t.error});
  return out;
}

/// What was chosen and is not blocked is done.
job_outcome outcome_of(const json_document& x, object_type type,
                       const std::vector<int64_t>& ids) {
  job_outcome out{{}, x.text};
  std::set<int64_t> refused;
  const auto answer = nlohmann::json::parse(x.text);
  for (auto& b : answer.at("blocked"))
    if (const int64_t id = b.at("id"); b.at("type") == name_of(type))
      if (refused.insert(id).second)
        out.objects.push_back({id, b.at("error"), b.at("reason")});
  for (auto id : ids)
    if (!refused.contains(id))
      out.objects.push_back({id, "", ""});
  return out;
}

template <class Q>
Q question_of(const viewer& who, const nlohmann::json& what,
              const std::vector<int64_t>& ids) {
  Q q;
  field_reader f{what};
  fields_of(f, q);
  q.who = who;
  listed_in(q) = ids;
  return q;
}

template <class Q>
job_outcome perform(soci::session& sql, const viewer& who, nlohmann::json& what,
                    const std::vector<int64_t>& ids, bool) {
  return outcome_of(run(sql, question_of<Q>(who, what, ids)));
}

/// New annotations are made once: later slices get those of the first.
template <>
job_outcome perform<annotate_objects>(soci::session& sql, const viewer& who,
                                      nlohmann::json& what,
                                      const std::vector<int64_t>& ids, bool) {
  auto q = question_of<annotate_objects>(who, what, ids);
  const auto r = run(sql, q);
  if (!r.objects.done.empty()) {
    q.annotations = r.annotations;
    q.fresh.clear();
    what = fields_in(q);
  }
  return outcome_of(r.objects);
}

template <class Q>
job_outcome perform_whole(soci::session& sql, const viewer& who, nlohmann::json& what,
                          const std::vector<int64_t>& ids, bool preview) {
  auto q = question_of<Q>(who, what, ids);
  q.preview = preview;
  return outcome_of(run(sql, q), q.type, ids);
}

/// @param shows  sessions remember of images what it changes, as they do of rights.
template <class Q>
constexpr job_act sliced(bool shows = false) {
  return {job_name<Q>, false, shows, perform<Q>};
}
template <class Q>
constexpr job_act whole() {
  return {job_name<Q>, true, true, perform_whole<Q>};
}

} // namespace

const job_act& job_act_called(std::string_view name) {
  static const std::array acts{sliced<change_objects>(),
                               sliced<link_objects>(),
                               sliced<unlink_objects>(),
                               sliced<annotate_objects>(),
                               sliced<unannotate_objects>(),
                               sliced<rate_objects>(),
                               sliced<delete_annotations>(),
                               sliced<paste_settings>(true),
                               sliced<reset_many_settings>(true),
                               whole<delete_objects>(),
                               whole<move_objects>(),
                               whole<give_objects>()};
  const auto found =
    std::find_if(acts.begin(), acts.end(), [&](auto& a) { return a.name == name; });
  if (found == acts.end())
    throw failure{errc::internal, "no job does \"" + std::string{name} + "\""};
  return *found;
}

} // namespace troupe
