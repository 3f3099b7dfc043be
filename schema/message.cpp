#include "schema/message.hpp"

#include <fmt/format.h>

namespace troupe {

std::string to_sql(const viewer& who) {
  return fmt::format("({},{},\"{{{}}}\",\"{{{}}}\")", who.account, who.admin ? 't' : 'f',
                     fmt::join(who.full, ","), fmt::join(who.own, ","));
}

} // namespace troupe
