#include "schema/message.hpp"

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

} // namespace troupe
