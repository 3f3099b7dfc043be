// A person with one object of each kind that OMERO's tree shows.

#pragma once

#include "tests/support/omero_client.hpp"

namespace troupe::test {

struct webclient_lab {
  /// Of a group of that level, see omero_newcomer.
  explicit webclient_lab(const std::string& login,
                         const std::string& level = "read-annotate");

  omero_person owner;
  int64_t project = 0, dataset = 0, image = 0;
  int64_t orphan = 0; ///< an image in nothing
  int64_t screen = 0, plate = 0, run = 0, well = 0;
  int64_t field = 0; ///< the image in the well "B1" of the run

  /// Another image in the dataset.
  int64_t another(const std::string& name, int32_t seed);
};

/// Somebody else of the same group.
omero_client fellow_of(const omero_person& person, const std::string& login);

/// DELETE with a JSON body, as OMERO's pages send it.
answer remove_json(omero_client& who, const std::string& path, const json& body);

/// The ids of a list of objects, in its order.
std::vector<int64_t> ids_in(const json& list);

} // namespace troupe::test
