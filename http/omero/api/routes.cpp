// The URLs of the JSON API's objects.

#include "http/error_response.hpp"
#include "http/omero/api/objects.hpp"
#include "http/omero/api/paging.hpp"
#include "http/omero/api/people.hpp"
#include "http/omero/api/save.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"

#include <fmt/format.h>

#include <list>

namespace troupe::http::omero {

namespace {

using handler = std::function<web_response(call&)>;

web_response with_version(web_response out) {
  auto is_version = [](auto& h) { return h.first == "X-OMERO-ApiVersion"; };
  if (std::none_of(out.headers.begin(), out.headers.end(), is_version))
    out.headers.emplace_back("X-OMERO-ApiVersion", "0.2");
  return out;
}

/// Who is signed out is told no version.
web_response refusal_of(call& c, web_response answer) {
  const bool signed_out = answer.status == 401;
  auto out = as_clients_read(c, manner::api, std::move(answer));
  return signed_out ? out : with_version(std::move(out));
}

handler versioned(handler run) {
  return [run](call& c) {
    try {
      return with_version(run(c));
    } catch (refused& e) {
      return refusal_of(c, std::move(e.answer));
    } catch (const failure& e) {
      if (e.code == errc::internal)
        throw;
      return refusal_of(c, problem(e.code, e.what(), c.in.id));
    }
  };
}

handler refusing(std::string message) {
  return [message](call&) {
    object_text out;
    out.put("message", message);
    out.put("stacktrace", "");
    return api_answer(std::move(out).close(), 405);
  };
}

struct list_rows {
  object_type type;
  std::vector<const char*> patterns; ///< behind /api/v0/m/
};

const std::vector<list_rows>& lists() {
  using enum object_type;
  static const std::vector<list_rows> all{
    {project, {"projects", "datasets/{dataset}/projects"}},
    {dataset, {"datasets", "projects/{project}/datasets", "images/{image}/datasets"}},
    {image, {"images", "datasets/{dataset}/images"}},
    {screen, {"screens", "plates/{plate}/screens"}},
    {plate, {"plates", "screens/{screen}/plates", "wells/{well}/plates"}},
    {run, {"plates/{plate}/plateacquisitions"}},
    {well,
     {"wells", "plates/{plate}/wells", "plateacquisitions/{plateacquisition}/wells",
      "plates/{plate}/wellsampleindex/{index}/wells",
      "plateacquisitions/{plateacquisition}/wellsampleindex/{index}/wells"}},
    {roi, {"rois", "images/{image}/rois"}},
    {shape, {"shapes"}},
  };
  return all;
}

struct single_row {
  object_type type;
  const char* pattern;
  bool deletable;
};

constexpr single_row singles[]{
  {object_type::project, "projects/{id}", true},
  {object_type::dataset, "datasets/{id}", true},
  {object_type::image, "images/{id}", false},
  {object_type::screen, "screens/{id}", true},
  {object_type::plate, "plates/{id}", false},
  {object_type::run, "plateacquisitions/{id}", true},
  {object_type::well, "wells/{id}", false},
  {object_type::roi, "rois/{id}", true},
  {object_type::shape, "shapes/{id}", true},
};

/// Rows of patterns that live as long as the program.
class row_list {
public:
  /// What is not answered is refused with 405.
  void add(const std::string& pattern, const std::map<std::string, handler>& answered) {
    static std::list<std::string> patterns;
    const auto& kept = patterns.emplace_back("/api/v0/m/" + pattern);
    for (auto method : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      const auto found = answered.find(method);
      rows.push_back(
        {method, kept.c_str(), manner::api,
         versioned(found != answered.end()
                     ? found->second
                     : refusing(fmt::format("{} is not supported here", method)))});
    }
  }

  std::vector<row> rows;
};

void add_lists(row_list& to) {
  for (auto& [type, patterns] : lists())
    for (auto pattern : patterns)
      to.add(pattern, {{"GET", [type = type](call& c) { return list_of(c, type); }}});
}

void add_singles(row_list& to) {
  for (auto [type, pattern, deletable] : singles)
    to.add(pattern,
           {{"GET", [type = type](call& c) { return object_of(c, type); }},
            {"DELETE",
             deletable
               ? handler{[type = type](call& c) { return delete_object(c, type); }}
               : refusing(fmt::format("Delete of {} not supported", omero_name(type)))}});
}

void add_people(row_list& to) {
  for (auto pattern :
       {"experimenters", "experimentergroups/{experimentergroup}/experimenters"})
    to.add(pattern, {{"GET", list_experimenters}});
  for (auto pattern :
       {"experimentergroups", "experimenters/{experimenter}/experimentergroups"})
    to.add(pattern, {{"GET", list_experimenter_groups}});
  to.add("experimenters/{id}",
         {{"GET", one_experimenter},
          {"DELETE", refusing("Delete of Experimenter not supported")}});
  to.add("experimentergroups/{id}",
         {{"GET", one_experimenter_group},
          {"DELETE", refusing("Delete of ExperimenterGroup not supported")}});
}

std::vector<row> all_rows() {
  row_list all;
  add_lists(all);
  add_singles(all);
  add_people(all);
  all.add("save", {{"POST", create_object}, {"PUT", replace_object}});
  return all.rows;
}

} // namespace

const std::vector<route> api_routes = routes_of(all_rows());

} // namespace troupe::http::omero
