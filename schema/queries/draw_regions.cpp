// Regions made, changed and deleted, as many as one request wants.

#include "schema/queries/audit.hpp"
#include "schema/queries/draw.hpp"
#include "schema/queries/region_rows.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/trash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace troupe {

namespace {

using nlohmann::json;

void check_request(const draw_regions& q) {
  if (q.create.empty() && q.change.empty() && q.remove.empty())
    throw failure{errc::bad_request, "there is nothing to draw, change or delete"};
  if (q.create.size() > regions::limits::most_rois
      || q.change.size() > regions::limits::most_rois || q.remove.size() > most_objects)
    throw failure{errc::too_large, fmt::format("at most {} regions in one request",
                                               regions::limits::most_rois)};
  std::set<int64_t> named;
  auto once = [&](int64_t id) {
    if (!named.insert(id).second)
      throw failure{errc::bad_request, fmt::format("roi {} is named twice", id)};
  };
  for (auto& c : q.change)
    once(c.id);
  for (auto& r : q.remove)
    once(r.id);
}

void create_regions(soci::session& sql, const draw_regions& q, drawn_regions& out) {
  if (q.create.empty())
    return;
  const auto image =
    require_right(sql, q.who, object_type::image, q.image, right::annotate, "draw on");
  const auto ground = run(sql, check_drawing{q.who, q.image});
  regions::check_regions(q.create, ground.size, q.create_field);
  check_region_words(q.create);
  out.created = insert_regions(sql, {q.who.author, image.group, q.image}, q.create);
  std::vector<int64_t> ids;
  for (auto& r : out.created)
    ids.push_back(r.id);
  note(sql, q.who,
       {audit_action::create, object_kind::of(object_type::roi), ids, image.group,
        json{{"image", q.image}}});
}

refused_object outdated(int64_t id, int32_t now, int32_t expected) {
  return {id, errc::conflict,
          fmt::format("roi {} has version {}, not {}: somebody has changed it", id, now,
                      expected)};
}

/// The regions as they are, locked; without those that another version was expected of.
std::map<int64_t, region_state> regions_now(soci::session& sql,
                                            const allowed_objects& chosen,
                                            const std::map<int64_t, int32_t>& expected,
                                            std::vector<refused_object>& refused) {
  refused.insert(refused.end(), chosen.refused.begin(), chosen.refused.end());
  auto states = lock_regions(sql, chosen.ids());
  for (auto& [id, version] : expected)
    if (const auto at = states.find(id);
        at != states.end() && at->second.version != version) {
      refused.push_back(outdated(id, at->second.version, version));
      states.erase(at);
    }
  return states;
}

/// Checks the shapes that are put, and that each which is named is the region's.
/// @returns why the change is refused, or nothing.
std::optional<refused_object> flaw_of(const region_change& c, const region_state& state,
                                      size_t index) {
  auto refuse = [&](errc why, const std::string& reason) {
    return refused_object{c.id, why, reason};
  };
  auto is_here = [&](int64_t shape) { return state.shapes.contains(shape); };
  std::set<int64_t> staying = c.only_put ? std::set<int64_t>{} : state.shapes;
  std::set<int64_t> put;
  for (size_t n = 0; n < c.put.size(); ++n) {
    regions::check_shape(c.put[n].what, fmt::format("change[{}].shapes[{}]", index, n),
                         state.ground);
    if (const auto id = c.put[n].id) {
      if (!is_here(*id))
        return refuse(errc::not_found, fmt::format("shape {} of roi {}", *id, c.id));
      if (!put.insert(*id).second)
        return refuse(errc::bad_request, fmt::format("shape {} is named twice", *id));
    }
  }
  for (auto id : c.drop) {
    if (!is_here(id))
      return refuse(errc::not_found, fmt::format("shape {} of roi {}", id, c.id));
    if (put.contains(id))
      return refuse(errc::bad_request, fmt::format("shape {} is put and dropped", id));
    staying.erase(id);
  }
  if ((c.only_put || !c.drop.empty()) && staying.empty() && c.put.empty())
    return refuse(errc::conflict,
                  fmt::format("roi {} would have no shape left: delete it", c.id));
  return std::nullopt;
}

void change_regions(soci::session& sql, const draw_regions& q, drawn_regions& out) {
  if (q.change.empty())
    return;
  std::vector<int64_t> ids;
  std::map<int64_t, int32_t> expected;
  for (auto& c : q.change) {
    check_region_words(c);
    ids.push_back(c.id);
    if (c.version)
      expected[c.id] = *c.version;
  }
  const auto chosen = allowed(sql, q.who, object_type::roi, ids, right::edit, "change");
  const auto states = regions_now(sql, chosen, expected, out.refused);
  std::vector<region_write> writes;
  for (size_t i = 0; i < q.change.size(); ++i) {
    const auto state = states.find(q.change[i].id);
    if (state == states.end())
      continue;
    if (auto flaw = flaw_of(q.change[i], state->second, i))
      out.refused.push_back(std::move(*flaw));
    else
      writes.push_back({&q.change[i], &state->second});
  }
  if (writes.empty())
    return;
  out.changed = write_regions(sql, writes);
  std::vector<int64_t> done;
  for (auto& w : writes)
    done.push_back(w.change->id);
  note(sql, q.who, {audit_action::change, object_kind::of(object_type::roi), done});
}

void remove_regions(soci::session& sql, const draw_regions& q, drawn_regions& out) {
  if (q.remove.empty())
    return;
  std::vector<int64_t> ids;
  std::map<int64_t, int32_t> expected;
  for (auto& r : q.remove) {
    ids.push_back(r.id);
    if (r.version)
      expected[r.id] = *r.version;
  }
  const auto chosen = allowed(sql, q.who, object_type::roi, ids, right::remove, "delete");
  for (auto& [id, state] : regions_now(sql, chosen, expected, out.refused))
    out.deleted.push_back(id);
  if (out.deleted.empty())
    return;
  // The one way things are deleted: they can be had back.
  const auto done = json::parse(run(sql, delete_objects{.who = q.who,
                                                        .type = object_type::roi,
                                                        .ids = out.deleted,
                                                        .days = q.days})
                                  .text);
  out.trash = done.at("trash");
  for (auto& x : done.at("blocked")) {
    const int64_t id = x.at("id");
    std::erase(out.deleted, id);
    out.refused.push_back({id, errc::conflict, x.at("reason")});
  }
}

} // namespace

drawn_regions run(soci::session& sql, const draw_regions& q) {
  check_request(q);
  drawn_regions out;
  create_regions(sql, q, out);
  change_regions(sql, q, out);
  remove_regions(sql, q, out);
  std::ranges::sort(out.refused, {}, &refused_object::id);
  return out;
}

drawn_region run(soci::session& sql, const change_shape& q) {
  require_seen(sql, q.who, object_type::shape, q.shape);
  region_change c{.version = q.version};
  sql << "select roi_id from shapes where id = :shape", soci::use(q.shape, "shape"),
    soci::into(c.id);
  if (q.what)
    c.put.push_back({q.shape, *q.what});
  else
    c.drop.push_back(q.shape);
  auto out = run(sql, draw_regions{.who = q.who, .change = {std::move(c)}});
  if (!out.refused.empty())
    throw failure{out.refused[0].why, out.refused[0].reason};
  return out.changed.at(0);
}

} // namespace troupe
