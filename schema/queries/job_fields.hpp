// Questions that jobs ask as JSON: which fields they have beside asker and list. One list
// for both ways, so that none is forgotten in one of them.

#pragma once

#include "schema/queries/annotate.hpp"
#include "schema/queries/moves.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/trash.hpp"
#include "schema/queries/view_settings.hpp"

namespace troupe {

template <class F>
void fields_of(F& f, change_objects& q) {
  f("type", q.type), f("name", q.name), f("description", q.description);
}
template <class F>
void fields_of(F& f, link_objects& q) {
  f("parentType", q.parent_type), f("type", q.child_type), f("parent", q.parent),
    f("from", q.from);
}
template <class F>
void fields_of(F& f, unlink_objects& q) {
  f("parentType", q.parent_type), f("type", q.child_type), f("parent", q.parent);
}
template <class F>
void fields_of(F& f, annotate_objects& q) {
  f("type", q.type), f("annotations", q.annotations), f("new", q.fresh);
}
template <class F>
void fields_of(F& f, unannotate_objects& q) {
  f("type", q.type), f("annotations", q.annotations), f("onlyOwn", q.only_own);
}
template <class F>
void fields_of(F& f, rate_objects& q) {
  f("type", q.type), f("rating", q.rating);
}
template <class F>
void fields_of(F&, delete_annotations&) {}
template <class F>
void fields_of(F& f, paste_settings& q) {
  f("image", q.image);
}
template <class F>
void fields_of(F& f, reset_many_settings& q) {
  f("to", q.as.preset);
}
template <class F>
void fields_of(F& f, delete_objects& q) {
  f("type", q.type), f("contents", q.contents), f("confirmed", q.confirmed),
    f("keep", q.keep), f("days", q.days);
}
template <class F>
void fields_of(F& f, move_objects& q) {
  f("type", q.type), f("group", q.group), f("contents", q.contents);
}
template <class F>
void fields_of(F& f, give_objects& q) {
  f("type", q.type), f("account", q.account), f("contents", q.contents);
}

/// Puts fields into a JSON object.
class field_writer {
public:
  nlohmann::json out = nlohmann::json::object();
  template <class T>
  void operator()(const char* name, const T& value) {
    out[name] = value;
  }
  template <class T>
  void operator()(const char* name, const std::optional<T>& value) {
    if (value)
      out[name] = *value;
  }
  void operator()(const char* name, const std::vector<new_annotation>& all) {
    auto& list = out[name] = nlohmann::json::array();
    for (auto& a : all)
      list.push_back({{"kind", a.kind},
                      {"value", a.value},
                      {"namespace", a.name_space},
                      {"description", a.description}});
  }
};

/// Takes them out again.
class field_reader {
public:
  explicit field_reader(const nlohmann::json& in) : in_{in} {}
  template <class T>
  void operator()(const char* name, T& value) const {
    in_.at(name).get_to(value);
  }
  template <class T>
  void operator()(const char* name, std::optional<T>& value) const {
    if (in_.contains(name))
      value = in_.at(name).get<T>();
  }
  void operator()(const char* name, std::vector<new_annotation>& all) const {
    for (auto& a : in_.at(name))
      all.push_back({.kind = a.at("kind").get<metadata::annotation_kind>(),
                     .value = a.at("value"),
                     .name_space = a.at("namespace"),
                     .description = a.at("description"),
                     .file = {}});
  }

private:
  const nlohmann::json& in_;
};

template <class Q>
nlohmann::json fields_in(Q q) {
  field_writer f;
  fields_of(f, q);
  return std::move(f.out);
}

} // namespace troupe
