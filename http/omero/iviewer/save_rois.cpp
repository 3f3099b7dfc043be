// persist_rois: what was drawn, changed and deleted in the viewer, each part on its own.

#include "http/encode.hpp"
#include "http/omero/iviewer/edited_rois.hpp"
#include "http/omero/marshal/shape_in.hpp"
#include "http/omero/refusal.hpp"
#include "http/omero/tables.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/images.hpp"
#include "schema/queries/roi_places.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

namespace troupe::http::omero {

namespace {

class saved_rois {
public:
  explicit saved_rois(call& c) : call_{c} {}

  web_response save(const edited_rois& what) {
    image_ = what.image;
    part([&] { draw(what.drawn); });
    for (auto& shape : what.modified)
      part([&] { change(shape); });
    part([&] { remove_rois(what.emptied); });
    part([&] { remove_shapes(what.deleted); });
    return answer();
  }

private:
  /// What goes wrong with one part does not stop the next.
  template <class Part>
  void part(Part run) {
    try {
      run();
    } catch (const refused& r) {
      if (r.answer.status == 401)
        throw;
      errors_.push_back(reason_of(r.answer));
    } catch (const failure& e) {
      errors_.push_back(e.what());
    }
  }

  void draw(const json& shapes) {
    draw_regions m{.image = image_, .create_field = "new"};
    for (size_t i = 0; i < shapes.size(); ++i)
      m.create.push_back({.shapes = {shape_in(shapes[i], fmt::format("new[{}]", i))}});
    if (m.create.empty())
      return;
    const auto made = call_.ask(std::move(m)).created;
    for (size_t i = 0; i < made.size(); ++i)
      name(old_id(shapes[i]), fmt::format("{}:{}", made[i].id, made[i].shapes.at(0)));
  }

  void change(const json& shape) {
    const auto id = shape.is_object() ? shape.find("@id") : shape.end();
    if (id == shape.end() || !id->is_number_unsigned())
      throw failure{errc::bad_request, "modified: a shape has no @id"};
    change_shape m{.shape = id->get<int64_t>()};
    m.what = shape_in(shape, fmt::format("shape {}", m.shape));
    if (m.what->kind == metadata::shape_kind::mask)
      m.what->mask = stored_bits(m.shape);
    call_.ask(std::move(m));
    name(old_id(shape), old_id(shape));
  }

  shared_bytes stored_bits(int64_t shape) {
    const auto place = call_.ask(place_roi{.type = object_type::shape, .id = shape});
    return call_.ask(find_shapes{.image = place.image, .ids = {shape}})
      .shapes.at(0)
      .what.mask;
  }

  void remove_rois(const named_shapes& emptied) {
    std::set<int64_t> rois;
    for (auto& [roi, names] : emptied)
      rois.insert(roi);
    const auto gone = remove(rois);
    for (auto& [roi, names] : emptied)
      if (gone.contains(roi))
        confirm(names);
  }

  /// @returns those that are gone.
  std::set<int64_t> remove(const std::set<int64_t>& rois) {
    draw_regions m{.days = call_.house.config.trash_days};
    for (auto roi : rois)
      m.remove.push_back({roi, std::nullopt});
    if (m.remove.empty())
      return {};
    const auto done = call_.ask(std::move(m));
    for (auto& r : done.refused)
      errors_.push_back(r.reason);
    return {done.deleted.begin(), done.deleted.end()};
  }

  void remove_shapes(const named_shapes& deleted) {
    std::map<int64_t, std::vector<std::string>> names;
    for (auto& [roi, some] : deleted)
      names[roi].insert(names[roi].end(), some.begin(), some.end());
    draw_regions m;
    for (auto& [roi, all] : names) {
      region_change c{.id = roi};
      for (auto& one : all)
        c.drop.push_back(shape_named(one));
      if (!c.drop.empty())
        m.change.push_back(std::move(c));
    }
    if (m.change.empty())
      return;
    const auto done = call_.ask(std::move(m));
    for (auto& r : done.changed)
      confirm(names.at(r.id));
    remove_what_would_be_empty(done.refused, names);
  }

  /// Regions have at least one shape: one that loses all of them goes too.
  void
  remove_what_would_be_empty(const std::vector<refused_object>& refused_changes,
                             const std::map<int64_t, std::vector<std::string>>& names) {
    std::set<int64_t> empty;
    for (auto& r : refused_changes)
      if (r.why == errc::conflict)
        empty.insert(r.id);
      else
        errors_.push_back(r.reason);
    for (auto roi : remove(empty))
      confirm(names.at(roi));
  }

  void confirm(const std::vector<std::string>& names) {
    for (auto& one : names)
      name(one, one);
  }

  /// What the client called a shape, and what it is called now.
  void name(const std::string& before, const std::string& now) {
    if (!before.empty())
      ids_[before] = now;
  }

  web_response answer() const {
    json body{{"ids", ids_}};
    if (!errors_.empty())
      body["errors"] = errors_;
    return document(body);
  }

  call& call_;
  int64_t image_ = 0;
  json ids_ = json::object(), errors_ = json::array();
};

web_response nothing_saved(const std::string& why) {
  return document({{"errors", {why}}});
}

web_response save_rois(call& c) {
  edited_rois what;
  try {
    what = edited_rois_in(c.body());
  } catch (const failure& e) {
    return nothing_saved(e.what());
  }
  if (!c.find(find_image{.image = what.image}))
    return nothing_saved(fmt::format("Image {} not found", what.image));
  return saved_rois{c}.save(what);
}

web_response wrong_way_to_save(call&) {
  return nothing_saved("Use HTTP POST to send data!");
}

} // namespace

const std::vector<route> iviewer_save_routes = routes_of({
  {"GET", "/iviewer/persist_rois", manner::data, wrong_way_to_save},
  {"POST", "/iviewer/persist_rois", manner::data, save_rois},
});

} // namespace troupe::http::omero
