// Projects and datasets.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http {

namespace {

const parameter orphaned{"orphaned", "boolean", "only those in no project"};

/// Answers 201 with the new thing and where it is.
auto created(const char* children, const char* path) {
  return [children, path](const container& c) {
    auto out = encode(c, children);
    out.status = 201;
    out.headers.emplace_back("Location", path + std::to_string(c.id));
    return out;
  };
}

web_response projects(desk& d, web_request& in) {
  return d.ask_catalogue(
    in, list_projects{.page = page_of(in), .owner = id_in_query(in, "owner")},
    [](auto& p) { return encode(p, "datasets"); });
}

web_response project(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_project{.project = id_in_path(in, "project")},
                         [](auto& c) { return encode(c, "datasets"); });
}

web_response new_project(desk& d, web_request& in) {
  auto body = json_of_body(in);
  create_project m{.name = text_field(body, "name"),
                   .description = text_field_or(body, "description", "")};
  return d.ask_catalogue(in, m, created("datasets", "/api/v1/projects/"));
}

web_response datasets_of_project(desk& d, web_request& in) {
  list_datasets m{.project = id_in_path(in, "project"),
                  .page = page_of(in),
                  .owner = id_in_query(in, "owner")};
  return d.ask_catalogue(in, m, [](auto& p) { return encode(p, "images"); });
}

web_response datasets(desk& d, web_request& in) {
  list_datasets m{.orphaned = flag(in, "orphaned"),
                  .page = page_of(in),
                  .owner = id_in_query(in, "owner")};
  return d.ask_catalogue(in, m, [](auto& p) { return encode(p, "images"); });
}

web_response dataset(desk& d, web_request& in) {
  return d.ask_catalogue(in, find_dataset{.dataset = id_in_path(in, "dataset")},
                         [](auto& x) { return encode(x); });
}

web_response new_dataset(desk& d, web_request& in) {
  auto body = json_of_body(in);
  create_dataset m{.name = text_field(body, "name"),
                   .description = text_field_or(body, "description", "")};
  if (auto i = body.find("project"); i != body.end() && !i->is_null()) {
    if (!is_integer(*i))
      throw failure{errc::bad_request, "project must be an id"};
    m.project = i->get<int64_t>();
  }
  return d.ask_catalogue(in, m, created("images", "/api/v1/datasets/"));
}

} // namespace

const std::vector<route> container_routes{
  {"GET",
   "/api/v1/projects",
   access::session,
   "List projects",
   {of_owner, after, limit},
   "",
   200,
   "ProjectList",
   projects},
  {"POST",
   "/api/v1/projects",
   access::session,
   "Make a project",
   {},
   "NewProject",
   201,
   "Project",
   new_project},
  {"GET",
   "/api/v1/projects/{project}",
   access::session,
   "One project",
   {},
   "",
   200,
   "Project",
   project},
  {"GET",
   "/api/v1/projects/{project}/datasets",
   access::session,
   "Datasets of a project",
   {of_owner, after, limit},
   "",
   200,
   "DatasetList",
   datasets_of_project},
  {"GET",
   "/api/v1/datasets",
   access::session,
   "List datasets",
   {orphaned, of_owner, after, limit},
   "",
   200,
   "DatasetList",
   datasets},
  {"POST",
   "/api/v1/datasets",
   access::session,
   "Make a dataset",
   {},
   "NewDataset",
   201,
   "Dataset",
   new_dataset},
  {"GET",
   "/api/v1/datasets/{dataset}",
   access::session,
   "One dataset",
   {},
   "",
   200,
   "DatasetDetails",
   dataset},
};

} // namespace troupe::http
