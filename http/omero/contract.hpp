// What OMERO's clients were promised of each URL: a request, and the shape of its answer.
// Each family keeps its promises beside its routes; the contract test asks all of them.

#pragma once

#include <vector>

namespace troupe::http::omero {

struct promise {
  int priority; ///< 1 a client breaks without it, 2 sometimes used, 3 rare
  const char* method;
  const char* target; ///< "{image}" and the like are the ids of the test's specimens
  const char* body;   ///< a form, or JSON when it begins with a brace; "" for none
  int status;
  const char* type; ///< media type of the answer, "" for any
  /// Of a JSON answer, "" for others. A name is a type: "int", "number", "string",
  /// "bool", "null", "any", or several with bars between. An object names all its keys,
  /// those with "?" at the end may be absent, "*" stands for every other. A list of one
  /// shape has at least one item, and every item has it; with "?" as a second entry it
  /// may be empty.
  const char* shape;
};

using promise_list = std::vector<const std::vector<promise>*>;

/// Every family's, in the order of the documents.
const promise_list& promises();

extern const std::vector<promise> figure_promises;
extern const std::vector<promise> iviewer_promises;
extern const std::vector<promise> raw_tile_promises;
extern const std::vector<promise> sign_in_promises;
extern const std::vector<promise> api_promises;
extern const std::vector<promise> gateway_promises;
extern const std::vector<promise> tree_promises;
extern const std::vector<promise> webclient_promises;

} // namespace troupe::http::omero
