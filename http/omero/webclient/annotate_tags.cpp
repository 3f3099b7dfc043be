// Tags of objects as a form says they shall be: kept, put on, taken off, made.

#include "http/encode.hpp"
#include "http/omero/tables.hpp"
#include "http/omero/webclient/annotated.hpp"
#include "http/omero/webclient/batches.hpp"
#include "http/omero/webclient/error_row.hpp"
#include "schema/queries/linked_annotations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace troupe::http::omero {

namespace {

using metadata::annotation_kind;

constexpr int64_t most_new_tags = 1000;

/// Tags that the person has put on every one of the objects: what a form shows as chosen.
std::set<int64_t> own_tags_on_all(call& c, const std::vector<named_objects>& objects) {
  const auto me = c.who().account.id;
  std::map<int64_t, std::set<std::pair<object_type, int64_t>>> carriers;
  std::set<std::pair<object_type, int64_t>> all;
  for (auto& o : objects) {
    for (auto id : o.ids)
      all.emplace(o.type, id);
    const auto found = c.ask(list_linked_annotations{
      .type = o.type, .ids = o.ids, .kinds = {annotation_kind::tag}});
    for (auto& item : found.items) {
      const auto a = json::parse(item);
      if (a.at("link").at("owner") == me)
        carriers[a.at("id")].emplace(o.type, a.at("link").at("parent"));
    }
  }
  std::set<int64_t> out;
  for (auto& [tag, on] : carriers)
    if (on.size() == all.size())
      out.insert(tag);
  return out;
}

/// The tags of the form's rows `newtags-0-tag`, `newtags-1-tag` ..., on all the objects.
std::vector<int64_t> new_tags(call& c, const std::vector<named_objects>& objects) {
  const auto count = c.integer_or("newtags-TOTAL_FORMS", 0);
  if (count < 0 || count > most_new_tags)
    throw failure{errc::bad_request, "newtags-TOTAL_FORMS: not a number of new tags"};
  std::vector<int64_t> out;
  for (int64_t n = 0; n < count; ++n) {
    auto field = [&](const char* name) { return fmt::format("newtags-{}-{}", n, name); };
    const new_annotation tag{.kind = annotation_kind::tag,
                             .value = c.field(field("tag")).value_or(""),
                             .description = c.field(field("description")).value_or(""),
                             .file = {}};
    out.push_back(annotate_all(c, objects, tag));
    if (auto set = c.integer(field("tagset")))
      put_on_all(c, {{object_type::annotation, {*set}}}, {out.back()});
  }
  return out;
}

void take_off(call& c, const std::vector<named_objects>& objects,
              const std::vector<int64_t>& tags) {
  for (auto& o : objects)
    require_all(c.ask(unannotate_objects{
      .type = o.type, .ids = o.ids, .annotations = tags, .only_own = true}));
}

/// Those of `all` that are not in `others`.
std::vector<int64_t> without(const std::set<int64_t>& all,
                             const std::set<int64_t>& others) {
  std::vector<int64_t> out;
  std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                      std::back_inserter(out));
  return out;
}

web_response annotate_tags(call& c) {
  const auto objects = required_objects(c);
  const auto ids = c.ids("tags");
  const std::set<int64_t> wanted{ids.begin(), ids.end()};
  const auto there = own_tags_on_all(c, objects);
  const auto added = without(wanted, there), removed = without(there, wanted);
  if (!added.empty())
    put_on_all(c, objects, added);
  if (!removed.empty())
    take_off(c, objects, removed);
  const auto fresh = new_tags(c, objects);
  return document({{"added", added}, {"removed", removed}, {"new", fresh}});
}

} // namespace

const std::vector<route> webclient_tagging_routes = routes_of({
  error_row("POST", "/webclient/annotate_tags", annotate_tags),
});

} // namespace troupe::http::omero
