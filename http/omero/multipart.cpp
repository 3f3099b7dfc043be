#include "http/omero/multipart.hpp"

#include "http/gate/target.hpp"
#include "storage/failure.hpp"

#include <algorithm>

namespace troupe::http::omero {

namespace {

constexpr auto nowhere = std::string_view::npos;

std::string lower_case(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

/// `name="value"` or `name=value` of a header with parameters.
std::string parameter_in(std::string_view header, std::string_view name) {
  const auto wanted = lower_case(name) + "=";
  const auto lowered = lower_case(header);
  for (auto at = lowered.find(wanted); at != nowhere; at = lowered.find(wanted, at + 1)) {
    if (at > 0 && header[at - 1] != ' ' && header[at - 1] != ';')
      continue;
    auto value = header.substr(at + wanted.size());
    if (!value.starts_with('"'))
      return std::string{value.substr(0, value.find_first_of("; "))};
    std::string out;
    for (size_t i = 1; i < value.size() && value[i] != '"'; ++i)
      out += value[i] == '\\' && i + 1 < value.size() ? value[++i] : value[i];
    return out;
  }
  return {};
}

form_part part_of(std::string_view piece) {
  const auto end = piece.find("\r\n\r\n");
  if (end == nowhere)
    refuse_form("a part has no head");
  auto out = part_with_head(piece.substr(0, end));
  out.content = piece.substr(end + 4);
  return out;
}

} // namespace

void refuse_form(const char* why) {
  throw failure{errc::bad_request, std::string{"the form is broken: "} + why};
}

form_part part_with_head(std::string_view head) {
  form_part out;
  while (!head.empty()) {
    const auto line = head.substr(0, head.find("\r\n"));
    head.remove_prefix(std::min(line.size() + 2, head.size()));
    const auto key = lower_case(line.substr(0, line.find(':')));
    if (key == "content-disposition") {
      out.name = parameter_in(line, "name");
      out.file_name = parameter_in(line, "filename");
      out.is_file = lower_case(line).find("filename=") != nowhere;
    } else if (key == "content-type") {
      const auto value = line.substr(std::min(line.size(), line.find(':') + 1));
      out.type =
        std::string{value.substr(std::min(value.size(), value.find_first_not_of(' ')))};
    }
  }
  return out;
}

std::string boundary_of_form(std::string_view type) {
  auto boundary = "--" + parameter_in(type, "boundary");
  if (boundary.size() <= 2 || boundary.size() > 72)
    refuse_form("no boundary");
  return boundary;
}

std::vector<std::pair<std::string, std::string>>
fields_of_urlencoded(std::string_view body) {
  auto parsed = parse_target("/?" + std::string{body});
  if (!parsed)
    refuse_form("an escape is wrong");
  return std::move(parsed->query);
}

std::vector<form_part> parts_of_multipart(std::string_view type, std::string_view body) {
  const auto boundary = boundary_of_form(type);
  std::vector<form_part> out;
  auto at = body.find(boundary);
  while (at != nowhere) {
    auto rest = body.substr(at + boundary.size());
    if (rest.starts_with("--"))
      return out;
    if (!rest.starts_with("\r\n"))
      refuse_form("a boundary is not at the end of its line");
    const auto end = rest.find("\r\n" + boundary);
    if (end == nowhere)
      break;
    if (out.size() == 1000)
      refuse_form("more than 1000 parts");
    out.push_back(part_of(rest.substr(2, end < 2 ? 0 : end - 2)));
    at += boundary.size() + end + 2;
  }
  refuse_form("its end is missing");
}

} // namespace troupe::http::omero
