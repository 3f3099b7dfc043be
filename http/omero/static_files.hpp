// Files of OMERO.web applications that an administrator has put into a folder.

#pragma once

#include "http/omero/call.hpp"

namespace troupe::http::omero {

/// Whether the folder has that file: "omero_iviewer/main.js".
bool has_static_file(const call& c, const std::string& name);

/// Its text, if it is there.
std::optional<std::string> static_text(const call& c, const std::string& name);

/// A page of an application, whose own scripts may run: those of the folder, and the one
/// inside the page that has the nonce.
/// @param nonce  see page_nonce().
web_response application_page(std::string html, const std::string& nonce);
std::string page_nonce();

/// A value inside a script of a page.
std::string script_literal(const json& value);

} // namespace troupe::http::omero
