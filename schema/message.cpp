#include "schema/message.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

std::string array(const std::vector<int64_t>& ids) {
  return fmt::format("\"{{{}}}\"", fmt::join(ids, ","));
}

} // namespace

std::string to_sql(const viewer& who) {
  return fmt::format("({},{},{},{},{},{},{},{},{},{})", who.account,
                     who.everything ? 't' : 'f', array(who.full), array(who.own),
                     who.author, who.privileges, array(who.edit), array(who.annotate),
                     array(who.link), array(who.led));
}

viewer within(viewer who, const std::vector<int64_t>& groups) {
  auto inside = [&](int64_t id) {
    return std::find(groups.begin(), groups.end(), id) != groups.end();
  };
  if (who.everything)
    who.full = groups;
  who.everything = false;
  // What is not visible cannot be changed: the other lists need no cut.
  std::erase_if(who.full, [&](int64_t id) { return !inside(id); });
  std::erase_if(who.own, [&](int64_t id) { return !inside(id); });
  if (!inside(who.group) && !groups.empty())
    who.group = groups.front();
  return who;
}

viewer within_group(const viewer& who, int64_t group) {
  auto holds = [&](const std::vector<int64_t>& ids) {
    return std::find(ids.begin(), ids.end(), group) != ids.end();
  };
  if (!who.everything && !holds(who.full) && !holds(who.own))
    throw failure{errc::not_found, "group " + std::to_string(group)};
  return within(who, {group});
}

} // namespace troupe
