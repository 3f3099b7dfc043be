// A request as the handlers of this face see it: fields of query and form alike, and
// answers of rooms one after the other.

#pragma once

#include "http/desk.hpp"
#include "http/omero/multipart_reader.hpp"

#include <nlohmann/json.hpp>

namespace troupe::http::omero {

using nlohmann::json;

/// What ends a handler early: the answer of a room that refused.
struct refused {
  web_response answer;
};

using fields = std::vector<std::pair<std::string, std::string>>;

class call {
public:
  call(desk& d, web_request& request) : house{d}, in{request} {}

  desk& house;
  web_request& in;

  /// The fields of a body that is a form, "application/x-www-form-urlencoded" or
  /// multipart without files; no fields for another body.
  /// @throws failure{bad_request, too_large}.
  const fields& form();
  /// The body as it came. @throws failure{bad_request, too_large}.
  const std::string& body();
  /// Reads a multipart form whose files may be large: they go to the taker while they
  /// arrive, the fields are known afterwards. A body that was read already is taken apart
  /// once more. @throws failure{bad_request, too_large, gone}.
  void take_form(const part_taker& files);
  /// The body as JSON, whatever its type says. @throws failure{bad_request, too_large}.
  json document();

  /// The first value of that name: in the query, else in the form.
  std::optional<std::string> field(std::string_view name);
  /// All of them: those of the query, else those of the form.
  std::vector<std::string> all_fields(std::string_view name);

  /// @throws failure{bad_request} naming what is no whole number.
  std::optional<int64_t> integer(std::string_view name);
  int64_t integer_or(std::string_view name, int64_t fallback);
  /// All values of the name, "1,2,3" being three.
  std::vector<int64_t> ids(std::string_view name);
  /// true, yes, y, t, 1 and on, in any case.
  bool flag(std::string_view name);

  /// A part of the path. @throws failure{not_found} when it is no id.
  int64_t id(const char* name) const;
  /// The same for a number that may be negative. @throws failure{not_found}.
  int32_t number(const char* name) const;

  bool by_script() const; ///< X-Requested-With: XMLHttpRequest

  /// Asks the catalogue and waits.
  template <class Q>
  typename Q::reply ask(Q question) {
    std::optional<typename Q::reply> found;
    auto answer = house.ask_catalogue(in, std::move(question), [&](auto& r) {
      found = r;
      return web_response{};
    });
    if (!found)
      throw refused{std::move(answer)};
    return std::move(*found);
  }

  /// The same for what may be missing or hidden.
  template <class Q>
  std::optional<typename Q::reply> find(Q question) {
    try {
      return ask(std::move(question));
    } catch (const refused& r) {
      if (r.answer.status == 404)
        return std::nullopt;
      throw;
    }
  }

  /// Asks the session something else than the catalogue: pictures, samples, imports.
  template <class M>
  typename M::reply ask_room(M message) {
    std::optional<typename M::reply> found;
    auto answer = house.ask_session(in, std::move(message), [&](auto& r) {
      found = r;
      return web_response{};
    });
    if (!found)
      throw refused{std::move(answer)};
    return std::move(*found);
  }

  /// Who asks, and in which groups they may do what.
  const session_record& who();

  /// What was noted for later requests of the same session.
  void note(const std::string& name, std::string text);
  std::optional<std::string> noted(const std::string& name);

private:
  std::optional<std::string> body_;
  std::optional<fields> form_;
  std::optional<session_record> who_;
};

} // namespace troupe::http::omero
