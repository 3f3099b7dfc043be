#include "http/omero/contract.hpp"

namespace troupe::http::omero {

const promise_list& promises() {
  static const promise_list all{
    &figure_promises,
    &iviewer_promises,
    &raw_tile_promises,
    &sign_in_promises,
    &api_promises,
    &gateway_promises,
    &tree_promises,
    &webclient_promises, // the last, because it deletes
  };
  return all;
}

} // namespace troupe::http::omero
