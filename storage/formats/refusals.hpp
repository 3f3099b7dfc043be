// Files that cannot be read, and why.

#pragma once

#include "storage/failure.hpp"

namespace troupe::formats {

inline failure unreadable(const std::string& why) {
  return {errc::unreadable, why};
}

inline failure unreadable_xml(const std::string& what) {
  return unreadable("its OME-XML " + what);
}

[[noreturn]] inline void refuse(const std::string& why) {
  throw unreadable(why);
}

} // namespace troupe::formats
