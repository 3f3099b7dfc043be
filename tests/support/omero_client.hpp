// A client of OMERO.web: signs in by the JSON API, keeps its cookies, repeats its token.

#pragma once

#include "tests/support/running_server.hpp"

#include <map>

namespace troupe::test {

/// Fields of a form; a name may come several times.
using form = std::vector<std::pair<std::string, std::string>>;

class omero_client {
public:
  /// Nobody yet, without cookies.
  explicit omero_client(std::string url);
  /// Signed in. @throws std::runtime_error with the server's words when it is refused.
  omero_client(const running_server& server, const std::string& login,
               const std::string& password);
  omero_client(const omero_client& other);

  /// The cookie csrftoken, asked for when there is none.
  std::string csrf();
  /// What /api/v0/login/ answers to these credentials.
  answer log_in(const std::string& login, const std::string& password);

  answer get(const std::string& path, httplib::Headers more = {});
  /// With X-CSRFToken, as are the following.
  answer post(const std::string& path, const json& body);
  answer put(const std::string& path, const json& body);
  answer remove(const std::string& path); ///< DELETE
  answer post_form(const std::string& path, const form& fields);
  answer post_files(const std::string& path,
                    const httplib::MultipartFormDataItems& parts);
  /// Of any method, without a token unless `more` has one.
  answer send(const std::string& method, const std::string& path, const std::string& body,
              const std::string& type, httplib::Headers more = {});

  /// The document of a GET that must succeed. @throws std::runtime_error otherwise.
  json read(const std::string& path);
  /// Its "data".
  json data(const std::string& path) { return read(path).at("data"); }

  std::map<std::string, std::string> cookies;
  json event_context; ///< of the login

private:
  httplib::Headers with_token();
  answer take(const httplib::Result& result);

  std::string url_;
  httplib::Client http_;
};

/// Root of the shared server, signed in once.
omero_client& omero_root();
/// Somebody new on the shared server with a group of their own. The level is as of
/// /api/v1/groups: "private", "read-only", "read-annotate", "read-write".
struct omero_person {
  omero_client omero;
  api own; ///< by our API
  int64_t id = 0, group = 0;
};
omero_person omero_newcomer(const std::string& login, const std::string& level);
/// Adds somebody new to a group that is there.
omero_person omero_member(const std::string& login, int64_t group);

using omero_id_list = std::vector<int64_t>;
/// "@id" of each object of a list.
omero_id_list omero_ids(const json& list);
/// "@type" of that name in the schema.
std::string omero_type(const std::string& name);

} // namespace troupe::test
