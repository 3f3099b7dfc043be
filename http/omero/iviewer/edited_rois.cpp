#include "http/omero/iviewer/edited_rois.hpp"

#include "http/arguments.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace troupe::http::omero {

namespace {

int64_t id_in_text(std::string_view text, std::string_view whose) {
  int64_t n = 0;
  const auto end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, n);
  if (error != std::errc{} || stop != end)
    throw failure{errc::bad_request,
                  fmt::format("{}: '{}' is no id", whose, text.substr(0, 80))};
  return n;
}

std::vector<std::string> names_in(const json& list, const char* whose) {
  std::vector<std::string> out;
  if (!list.is_array())
    throw failure{errc::bad_request, fmt::format("{} holds no lists", whose)};
  for (auto& name : list) {
    if (!name.is_string())
      throw failure{errc::bad_request, fmt::format("{} holds what is no text", whose)};
    out.push_back(name.get<std::string>());
  }
  return out;
}

/// Reads {"rois": {"deleted": {"8": [...]}, "empty_rois": {...}}} while it is parsed: a
/// document would forget all but the last of the keys that come twice.
class named_shapes_reader {
public:
  explicit named_shapes_reader(edited_rois& into) : into_{into} {}

  bool operator()(int depth, json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::key && depth >= 1 && depth <= 3)
      path_[static_cast<size_t>(depth) - 1] = parsed.get<std::string>();
    else if (event == json::parse_event_t::array_end && depth == 3)
      take(parsed);
    return true;
  }

private:
  void take(const json& list) {
    if (path_[0] != "rois")
      return;
    auto add = [&](named_shapes& to) {
      to.emplace_back(id_in_text(path_[2], path_[1]), names_in(list, path_[1].c_str()));
    };
    if (path_[1] == "deleted")
      add(into_.deleted);
    else if (path_[1] == "empty_rois")
      add(into_.emptied);
  }

  edited_rois& into_;
  std::array<std::string, 3> path_;
};

json list_in(const json& rois, const char* name) {
  const auto found = rois.find(name);
  if (found == rois.end() || found->is_null())
    return json::array();
  if (!found->is_array())
    throw failure{errc::bad_request, fmt::format("rois.{} is no list", name)};
  return *found;
}

} // namespace

edited_rois edited_rois_in(const std::string& body) {
  edited_rois out;
  named_shapes_reader names{out};
  const auto all = json::parse(
    body,
    [&names](int depth, json::parse_event_t event, json& parsed) {
      return names(depth, event, parsed);
    },
    false);
  if (!all.is_object())
    throw failure{errc::bad_request, "the body is no JSON object"};
  const auto image = all.find("imageId");
  if (image == all.end() || !is_integer(*image))
    throw failure{errc::bad_request, "imageId is missing or no whole number"};
  out.image = image->get<int64_t>();
  const auto rois = all.find("rois");
  if (rois == all.end() || !rois->is_object())
    throw failure{errc::bad_request, "rois is missing or no object"};
  out.drawn = list_in(*rois, "new");
  out.modified = list_in(*rois, "modified");
  return out;
}

std::string old_id(const json& shape) {
  const auto found = shape.is_object() ? shape.find("oldId") : shape.end();
  return found != shape.end() && found->is_string() ? found->get<std::string>() : "";
}

int64_t shape_named(const std::string& old_id) {
  return id_in_text(std::string_view{old_id}.substr(old_id.rfind(':') + 1), "deleted");
}

} // namespace troupe::http::omero
