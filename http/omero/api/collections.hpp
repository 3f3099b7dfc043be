// The collections of the JSON API: what is listed under which name, chosen by what, and
// which links its objects carry.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/object_pages.hpp"

namespace troupe::http::omero {

struct collection {
  object_type type;
  const char* plural;                    ///< in addresses
  const char* singular;                  ///< of the link to itself
  std::vector<const char*> links;        ///< of objects in lists, to other collections
  std::vector<const char*> single_links; ///< of objects alone
};

const collection& collection_of(object_type type);

/// "https://host/api/v0/m/projects/5/".
std::string address_of(const call& c, const char* plural, int64_t id);

} // namespace troupe::http::omero
