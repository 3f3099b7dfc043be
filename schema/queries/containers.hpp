// Projects and datasets.

#pragma once

#include "schema/message.hpp"

#include <soci/soci.h>

namespace troupe {

struct container {
  static constexpr bool local = true;
  int64_t id = 0;
  std::string name, description, created; ///< RFC 3339
  person owner;
  int64_t children = 0; ///< datasets of a project, images of a dataset (visible ones)
};

/// A container by what a person wrote: a number is an id, else a name.
using container_name = std::string;

struct list_projects {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  page_request page;
  std::optional<int64_t> owner = {}; ///< only what this account owns
  using reply = troupe::page<container>;
};
troupe::page<container> run(soci::session& sql, const list_projects& q);

struct find_project {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t project = 0;
  using reply = container;
};
container run(soci::session& sql, const find_project& q);

/// Name must be 1..255 characters without control characters.
struct create_project {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::string name, description;
  using reply = container;
};
container run(soci::session& sql, const create_project& q);

/// Datasets of a project, or those in none, or all.
struct list_datasets {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  std::optional<int64_t> project; ///< @throws failure{not_found} when not visible
  bool orphaned = false;
  page_request page;
  std::optional<int64_t> owner = {}; ///< only what this account owns
  using reply = troupe::page<container>;
};
troupe::page<container> run(soci::session& sql, const list_datasets& q);

struct named_parent {
  int64_t id = 0;
  std::string name, description = {};
};
struct dataset_details {
  static constexpr bool local = true;
  container self;
  std::vector<named_parent> projects;
};

struct find_dataset {
  static constexpr bool local = true;
  static constexpr bool writes = false;
  viewer who;
  int64_t dataset = 0;
  using reply = dataset_details;
};
dataset_details run(soci::session& sql, const find_dataset& q);

struct create_dataset {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  std::string name, description;
  std::optional<int64_t>
    project; ///< @throws failure{not_found} when not visible or not linkable
  using reply = container;
};
container run(soci::session& sql, const create_dataset& q);

/// Where an import goes: found by id or name among what the viewer may link into, made
/// when a name is absent. The dataset is linked into the project.
struct target {
  static constexpr bool local = true;
  int64_t dataset = 0; ///< 0 = none
  std::string dataset_name;
};
struct resolve_target {
  static constexpr bool local = true;
  static constexpr bool writes = true;
  viewer who;
  container_name project, dataset; ///< either may be empty
  using reply = target;
};
target run(soci::session& sql, const resolve_target& q);

} // namespace troupe
