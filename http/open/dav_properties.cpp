#include "http/open/dav_answers.hpp"

#include "storage/failure.hpp"
#include "storage/formats/xml.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <map>
#include <sstream>

namespace troupe::http {

namespace {

namespace xml = formats::xml;

/// A property by its namespace and name.
using property_name = std::pair<std::string, std::string>;
constexpr const char* dav_namespace = "DAV:";

/// What a PROPFIND wants to know.
struct dav_question {
  bool names_only = false;
  bool all = true;
  std::vector<property_name> wanted; ///< unless all
};

/// The namespace that a node's prefix stands for.
std::string namespace_of(pugi::xml_node node) {
  const std::string_view name = node.name();
  const auto colon = name.find(':');
  const auto attribute = colon == name.npos
                           ? std::string{"xmlns"}
                           : "xmlns:" + std::string{name.substr(0, colon)};
  for (; node; node = node.parent())
    if (const auto found = node.attribute(attribute.c_str()))
      return found.value();
  return "";
}

dav_question question_in(const std::string& body) {
  if (body.empty())
    return {};
  pugi::xml_document document;
  try {
    xml::load(document, body);
  } catch (const failure& e) {
    throw failure{errc::bad_request, std::string{"the body is no XML: "} + e.what()};
  }
  const auto root = document.document_element();
  if (xml::local_name(root) != "propfind" || namespace_of(root) != dav_namespace)
    throw failure{errc::bad_request, "the body must be a propfind of DAV:"};
  if (xml::child(root, "propname"))
    return {.names_only = true};
  const auto list = xml::child(root, "prop");
  if (!list)
    return {};
  dav_question out{.all = false};
  for (const auto& node : list.children())
    if (node.type() == pugi::node_element)
      out.wanted.emplace_back(namespace_of(node), xml::local_name(node));
  return out;
}

using write_property = std::function<void(pugi::xml_node)>;

write_property text_property(std::string text) {
  return [text = std::move(text)](pugi::xml_node to) {
    to.append_child(pugi::node_pcdata).set_value(text.c_str());
  };
}

/// What is known of a folder or a file, all of it in DAV:.
std::map<std::string, write_property> properties_of(const tree_entry& e) {
  std::map<std::string, write_property> out{{"displayname", text_property(e.name)},
                                            {"resourcetype",
                                             [folder = e.is_folder](pugi::xml_node to) {
                                               if (folder)
                                                 to.append_child("D:collection");
                                             }},
                                            {"supportedlock", [](pugi::xml_node) {}}};
  if (e.changed != 0) {
    out["getlastmodified"] = text_property(dav_date(e.changed));
    out["creationdate"] =
      text_property(fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(e.changed)));
  }
  if (!e.is_folder) {
    out["getcontentlength"] = text_property(std::to_string(e.bytes));
    out["getcontenttype"] = text_property("application/octet-stream");
    out["getetag"] = text_property(entity_tag(e.original));
  }
  return out;
}

pugi::xml_node add_propstat(pugi::xml_node response) {
  return response.append_child("D:propstat").append_child("D:prop");
}

void end_propstat(pugi::xml_node prop, const char* status) {
  prop.parent()
    .append_child("D:status")
    .append_child(pugi::node_pcdata)
    .set_value(status);
}

void add_wanted(pugi::xml_node response, const dav_question& question,
                const std::map<std::string, write_property>& known) {
  std::vector<property_name> missing;
  const auto prop = add_propstat(response);
  for (auto& name : question.wanted) {
    const auto found = known.find(name.second);
    if (name.first == dav_namespace && found != known.end())
      found->second(pugi::xml_node{prop}.append_child(("D:" + name.second).c_str()));
    else
      missing.push_back(name);
  }
  end_propstat(prop, "HTTP/1.1 200 OK");
  if (missing.empty())
    return;
  const auto absent = add_propstat(response);
  for (auto& [space, name] : missing) {
    auto node = pugi::xml_node{absent}.append_child(name.c_str());
    node.append_attribute("xmlns").set_value(space.c_str());
  }
  end_propstat(absent, "HTTP/1.1 404 Not Found");
}

void add_response(pugi::xml_node to, const std::string& address, const tree_entry& e,
                  const dav_question& question) {
  auto response = to.append_child("D:response");
  response.append_child("D:href")
    .append_child(pugi::node_pcdata)
    .set_value(address.c_str());
  const auto known = properties_of(e);
  if (!question.all)
    return add_wanted(response, question, known);
  const auto prop = add_propstat(response);
  for (auto& [name, write] : known) {
    auto node = pugi::xml_node{prop}.append_child(("D:" + name).c_str());
    if (!question.names_only)
      write(node);
  }
  end_propstat(prop, "HTTP/1.1 200 OK");
}

} // namespace

web_response dav_properties(const web_request& in, const std::vector<std::string>& path,
                            const tree_node& node, const std::string& asked, int depth) {
  const auto question = question_in(asked);
  pugi::xml_document document;
  auto root = document.append_child("D:multistatus");
  root.append_attribute("xmlns:D").set_value(dav_namespace);
  add_response(root, dav_address(in, path, node.self.is_folder), node.self, question);
  if (depth == 1)
    for (auto& e : node.entries) {
      auto below = path;
      below.push_back(e.name);
      add_response(root, dav_address(in, below, e.is_folder), e, question);
    }
  std::ostringstream text;
  document.save(text, "", pugi::format_raw);
  return {.status = 207,
          .type = "application/xml; charset=utf-8",
          .text = text.str(),
          .headers = {{"Cache-Control", "no-store"}}};
}

} // namespace troupe::http
