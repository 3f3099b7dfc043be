// A figure as it is kept: JSON in a file annotation, and a link to it on its images.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/kept_files.hpp"

namespace troupe::http::omero {

inline constexpr const char *figure_name_space = "omero.web.figure.json",
                            *figure_link_name_space = "omero.web.figure.link";

/// Every figure that can be seen.
std::vector<kept_file> saved_figures(call& c);
/// @throws failure{not_found} for another annotation.
kept_file saved_figure(call& c, int64_t annotation);
/// What the description says beside: {"name", "imageId", "baseUrl", "link"}.
json figure_notes(const kept_file& figure);
/// The JSON that was saved, byte for byte. @throws failure{unreadable}.
std::string figure_text(const call& c, const kept_file& figure);

/// @param known  the one it takes the place of; absent: one more, in the group of the
///               first image.
/// @returns the id of the annotation. @throws failure{bad_request} for what is no figure.
int64_t save_figure(call& c, const std::string& text, std::optional<int64_t> known);
void delete_figure(call& c, int64_t annotation);

} // namespace troupe::http::omero
