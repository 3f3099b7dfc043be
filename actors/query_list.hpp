// Questions by the list: an interface, and a handler for each, from one list of names.

#pragma once

#include "actors/room.hpp"

namespace troupe {

template <class... Q>
struct query_list {
  /// Who answers all of these, and more.
  template <class... More>
  using actor = caf::typed_actor<ask<Q>..., More...>;

  /// make(handlers...) with the handler of each: handler_of.operator()<Q>().
  template <class HandlerOf, class Make>
  static auto expand(HandlerOf handler_of, Make make) {
    return make(handler_of.template operator()<Q>()...);
  }
};

} // namespace troupe
