// Whose an object is and what may be done with it, written once for all that have the
// same owner and group.

#pragma once

#include "http/omero/marshal/text.hpp"
#include "schema/queries/object_pages.hpp"

#include <map>

namespace troupe::http::omero {

/// S:Experimenter and S:ExperimenterGroup, open for more keys.
object_text experimenter_text(const person_words& who);
object_text group_text(const group_words& group);

class details_book {
public:
  explicit details_book(std::vector<holding> all);

  /// omero:details of an object; of one whose owner is not known, of nobody.
  const std::string& full(int64_t owner, int64_t group) const;
  /// With the ids of owner and group only.
  const std::string& short_form(int64_t owner, int64_t group) const;
  /// JSON lists of every owner and every group, each once.
  std::string people() const;
  std::string groups() const;

private:
  struct written {
    std::string full, short_form;
  };
  const written& of(int64_t owner, int64_t group) const;

  std::vector<holding> all_;
  std::map<std::pair<int64_t, int64_t>, written> pages_;
  written nobody_;
};

} // namespace troupe::http::omero
