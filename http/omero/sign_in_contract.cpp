// The promises of discovery and login.

#include "http/omero/contract.hpp"

namespace troupe::http::omero {

const std::vector<promise> sign_in_promises{
  {1, "GET", "/api/", "", 200, "application/json",
   R"({"data": [{"version": "string", "url:base": "string"}]})"},
  {1, "GET", "/api/v0/", "", 200, "application/json",
   R"({"url:experimenters": "string", "url:experimentergroups": "string",
       "url:projects": "string", "url:datasets": "string", "url:images": "string",
       "url:screens": "string", "url:plates": "string", "url:rois": "string",
       "url:token": "string", "url:servers": "string", "url:login": "string",
       "url:save": "string", "url:schema": "string"})"},
  {1, "GET", "/api/v0/token/", "", 200, "application/json", R"({"data": "string"})"},
  {1, "GET", "/api/v0/servers/", "", 200, "application/json",
   R"({"data": [{"id": "int", "host": "string", "port": "int", "server": "string"}]})"},
  {1, "GET", "/api/v0/login/", "", 405, "application/json", R"({"message": "string"})"},
  {1, "POST", "/api/v0/login/", "", 200, "application/json",
   R"({"success": "bool", "eventContext": {"sessionId": "int", "sessionUuid": "string",
       "userId": "int", "userName": "string", "groupId": "int", "groupName": "string",
       "isAdmin": "bool", "eventId": "int", "eventType": "string",
       "memberOfGroups": ["int"], "leaderOfGroups": ["int", "?"]}})"},
  {1, "GET", "/webclient/login/", "", 200, "text/html", ""},
  {1, "GET", "/webclient/logout/", "", 200, "text/html", ""},
  {1, "GET", "/webclient/keepalive_ping/", "", 200, "text/plain", ""},
};

} // namespace troupe::http::omero
