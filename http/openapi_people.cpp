// The shapes of accounts, groups and sessions. Mirrors people_json.cpp.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"
#include "http/people_json.hpp"

namespace troupe::http {

namespace {

const json password{{"type", "string"}, {"format", "password"}, {"minLength", 8}};

json words(std::vector<std::string> names) {
  return {{"type", "string"}, {"enum", names}};
}

json account_properties() {
  auto group = object(
    {{"id", integer}, {"name", text}, {"level", ref("Level")}, {"leader", boolean}});
  return {{"id", integer},
          {"login", text},
          {"name", text},
          {"firstName", text},
          {"middleName", text},
          {"lastName", text},
          {"active", boolean},
          {"admin", boolean},
          {"reader", boolean},
          {"privileges", array_of(ref("Privilege"))},
          {"email", text},
          {"institution", text},
          {"created", nullable(time_text)},
          {"defaultGroup", integer},
          {"groups", array_of(group)}};
}

json account() {
  auto a = object(account_properties(),
                  {"email", "institution", "created", "defaultGroup", "groups"});
  a["description"] = "The rest is for the person, its leaders and administrators";
  return a;
}

json account_words() {
  return {{"firstName", text},   {"middleName", text},
          {"lastName", text},    {"email", text},
          {"institution", text}, {"admin", boolean},
          {"reader", boolean},   {"privileges", array_of(ref("Privilege"))}};
}

json with_names(json properties, std::vector<std::string> required) {
  return {{"type", "object"}, {"properties", properties}, {"required", required}};
}

json new_account() {
  auto p = account_words();
  p.update({{"login", text}, {"password", password}, {"group", integer}});
  return with_names(p, {"login", "group"});
}

json account_change() {
  auto p = account_words();
  p.update({{"login", text}, {"active", boolean}, {"defaultGroup", integer}});
  return with_names(p, {});
}

json group_properties() {
  return {{"id", integer},         {"name", text},       {"description", text},
          {"level", ref("Level")}, {"system", boolean},  {"member", boolean},
          {"leader", boolean},     {"members", integer}, {"created", time_text}};
}

json group_details() {
  auto p = group_properties();
  p["people"] = array_of(object({{"id", integer},
                                 {"login", text},
                                 {"name", text},
                                 {"leader", boolean},
                                 {"active", boolean}}));
  return object(p);
}

json group_change() {
  return object({{"group", ref("GroupDetails")},
                 {"losses", object({{"settings", integer},
                                    {"rois", integer},
                                    {"annotationLinks", integer},
                                    {"links", integer},
                                    {"comments", integer},
                                    {"forbiddenByPlates", integer}})}});
}

json session_entry_properties() {
  return {{"id", integer},
          {"account", ref("Person")},
          {"kind", ref("SessionKind")},
          {"name", text},
          {"agent", text},
          {"address", text},
          {"created", time_text},
          {"lastSeen", time_text},
          {"expires", time_text},
          {"sudoer", nullable(text)},
          {"scopes", array_of(ref("Scope"))},
          {"current", boolean}};
}

json new_token() {
  auto p = session_entry_properties();
  p["token"] = text;
  return object(p);
}

} // namespace

json people_schemas() {
  return {
    {"Level", words({"private", "read-only", "read-annotate", "read-write"})},
    {"Scope", words({"read", "write", "administer"})},
    {"SessionKind", words({"signed-in", "token", "acting-as", "visitor", "share"})},
    {"Privilege", {{"type", "string"}, {"enum", all_privilege_names()}}},
    {"Account", account()},
    {"AccountList", list_of("Account")},
    {"NewAccount", new_account()},
    {"AccountChange", account_change()},
    {"PasswordChange", with_names({{"old", text}, {"password", password}}, {"password"})},
    {"NewPassword",
     with_names({{"token", text}, {"password", password}}, {"token", "password"})},
    {"ResetLink",
     object({{"token", text}, {"login", text}, {"link", text}, {"expires", time_text}})},
    {"Group", object(group_properties())},
    {"GroupList", object({{"items", array_of(ref("Group"))}})},
    {"GroupDetails", group_details()},
    {"NewGroup",
     with_names({{"name", text}, {"description", text}, {"level", ref("Level")}},
                {"name"})},
    {"GroupChange",
     with_names({{"name", text}, {"description", text}, {"level", ref("Level")}}, {})},
    {"ChangedGroup", group_change()},
    {"Membership", with_names({{"leader", boolean}}, {})},
    {"SessionEntry", object(session_entry_properties())},
    {"SessionList", object({{"items", array_of(ref("SessionEntry"))}})},
    {"NewToken",
     with_names({{"name", text}, {"scopes", array_of(ref("Scope"))}, {"days", integer}},
                {"name"})},
    {"Token", new_token()},
  };
}

} // namespace troupe::http
