#include "http/status_delta.hpp"

#include <algorithm>
#include <unordered_map>

namespace troupe::http {

using nlohmann::json;

namespace {

std::string name_of_row(const json& actor) {
  return actor.at("name").get<std::string>();
}

/// @returns the fields of `now` that `before` has otherwise.
json changed_fields(const json& before, const json& now) {
  json out = json::object();
  const bool anew = now.at("uptime") < before.at("uptime");
  for (auto& [field, value] : now.items())
    if (value != before.at(field) && (field != "uptime" || anew))
      out[field] = value;
  return out;
}

/// What people must see at once; counting may wait.
bool is_urgent(const json& fields) {
  return fields.contains("state") || fields.contains("parent")
         || fields.contains("restarts") || fields.contains("errors");
}

struct row_change {
  size_t place; ///< in the new status
  json fields;
  int64_t waited;
  bool urgent;
};

} // namespace

void status_delta::start(json whole) {
  known_ = std::move(whole);
  put_off_.clear();
}

json status_delta::next(const json& whole) {
  json out = json::object();
  for (auto& [member, value] : whole.items())
    if (member != "actors" && (!known_.contains(member) || known_.at(member) != value)) {
      out[member] = value;
      known_[member] = value;
    }

  auto& rows = known_["actors"];
  std::unordered_map<std::string, size_t> places;
  for (size_t i = 0; i < rows.size(); ++i)
    places[name_of_row(rows[i])] = i;

  std::vector<row_change> changes;
  auto& actors = whole.at("actors");
  for (size_t i = 0; i < actors.size(); ++i) {
    const auto name = name_of_row(actors[i]);
    const auto known = places.find(name);
    auto fields =
      known == places.end() ? actors[i] : changed_fields(rows[known->second], actors[i]);
    if (known != places.end())
      rows[known->second]["uptime"] = actors[i].at("uptime"); // it goes on by itself
    if (fields.empty())
      continue;
    const auto waited = put_off_.find(name);
    const bool urgent = is_urgent(fields);
    changes.push_back(
      {i, std::move(fields), waited == put_off_.end() ? 0 : waited->second, urgent});
  }
  std::stable_sort(changes.begin(), changes.end(), [](auto& a, auto& b) {
    return a.urgent != b.urgent ? a.urgent : a.waited > b.waited;
  });

  size_t bytes = 0;
  auto& told = out["actors"] = json::array();
  std::map<std::string, int64_t> later;
  for (auto& c : changes) {
    const auto name = name_of_row(actors[c.place]);
    c.fields["name"] = name;
    const auto size =
      c.fields.dump(-1, ' ', false, json::error_handler_t::replace).size();
    if (bytes + size > room) {
      later[name] = c.waited + 1;
      continue;
    }
    bytes += size + 1;
    if (const auto known = places.find(name); known != places.end())
      rows[known->second].update(c.fields);
    else
      rows.push_back(actors[c.place]);
    told.push_back(std::move(c.fields));
  }
  put_off_ = std::move(later);

  std::unordered_map<std::string, bool> lives;
  for (auto& a : actors)
    lives[name_of_row(a)] = true;
  auto& gone = out["gone"] = json::array();
  json kept = json::array();
  for (auto& row : rows)
    if (lives.contains(name_of_row(row)))
      kept.push_back(std::move(row));
    else
      gone.push_back(name_of_row(row));
  rows = std::move(kept);
  return out;
}

} // namespace troupe::http
