// Objects chosen by what people search for, where a request could also list their ids.

#pragma once

#include "schema/queries/batch.hpp"

#include <soci/soci.h>

namespace troupe {

/// All of one type that the words find in the containers; with `plus`, then without
/// `minus`. What is named in `plus` need not be visible: whoever acts on it refuses it,
/// as if its id were in a list.
struct selection {
  struct container {
    object_type type = object_type::dataset;
    int64_t id = 0;
  };
  std::optional<std::string> query = {}; ///< see search_words.hpp; empty: all in `within`
  std::vector<container> within = {};    ///< in any of these; none: everywhere
  std::vector<int64_t> plus = {}, minus = {};
};

/// The ids as the viewer finds them now, ascending, each once.
/// @throws failure{bad_request} for words that cannot be understood, a type that search
///         does not find, and when nothing is selected; {not_found} for a container the
///         viewer does not see; {too_large} for more than most_objects.
std::vector<int64_t> resolve(soci::session& sql, const viewer& who, object_type type,
                             const selection& chosen);

/// The list of a question about many objects, and what it lists.
template <class Q>
std::vector<int64_t>& listed_in(Q& q) {
  if constexpr (requires { q.children; })
    return q.children;
  else if constexpr (requires { q.targets; })
    return q.targets;
  else
    return q.ids;
}
template <class Q>
object_type listed_type(const Q& q) {
  if constexpr (requires { q.child_type; })
    return q.child_type;
  else if constexpr (requires { q.type; })
    return q.type;
  else if constexpr (requires { q.targets; })
    return object_type::image; // settings are pasted
  else
    return object_type::annotation; // and these deleted
}

/// A question about many objects whose list may be a selection: resolved in the
/// question's own transaction, then it is the question with those ids.
template <class Q>
struct selected : Q {
  std::optional<selection> chosen; ///< absent: the question's own list
};
template <class Q>
selected(Q, std::optional<selection>) -> selected<Q>;

template <class Q>
typename Q::reply run(soci::session& sql, const selected<Q>& q) {
  Q named = q;
  if (q.chosen)
    listed_in(named) = resolve(sql, q.who, listed_type(named), *q.chosen);
  return run(sql, named);
}

} // namespace troupe
