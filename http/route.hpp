// A route: what a URL asks, in words for the router, for people and for OpenAPI.

#pragma once

#include "http/desk.hpp"

#include <functional>
#include <string>
#include <vector>

namespace troupe::http {

/// Who may ask. The session decides what they see.
/// With a public user, `session` is also for visitors who only read; `person` is not.
enum class access : uint8_t { anyone, session, person, admin };

struct parameter {
  const char* name;
  const char* type; ///< JSON Schema: integer, number, string, boolean
  const char* description;
  bool required = false;
};

struct route {
  const char* method;
  const char* pattern; ///< "{name}" matches one path segment, a last "{name...}" the rest
  access who;
  const char* summary;
  std::vector<parameter> query;
  const char* body;  ///< name of a schema, "binary", or "" for none
  int success;       ///< status of the normal answer
  const char* reply; ///< name of a schema, media type, "List, text/csv", "" for none
  std::function<web_response(desk&, web_request&)> run;
};

using route_list = std::vector<const std::vector<route>*>;

/// Every route of our own API, one table per family. OpenAPI tells of them.
const route_list& route_tables();

/// The URLs that other programs bring along: http/omero, http/open. Each has a document
/// of its own elsewhere.
const route_list& face_tables();

struct match {
  const route* found = nullptr;
  std::string allowed; ///< methods of the path, when only the method does not fit
};

/// Finds the route and fills in.captured.
match find_route(web_request& in);

} // namespace troupe::http
