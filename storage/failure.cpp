#include "storage/failure.hpp"

namespace troupe {

std::string to_string(errc code) {
  switch (code) {
    case errc::none: return "none";
    case errc::bad_request: return "bad-request";
    case errc::signed_out: return "signed-out";
    case errc::denied: return "denied";
    case errc::not_found: return "not-found";
    case errc::conflict: return "conflict";
    case errc::too_large: return "too-large";
    case errc::throttled: return "throttled";
    case errc::unreadable: return "unreadable";
    case errc::no_space: return "no-space";
    case errc::unavailable: return "unavailable";
    case errc::gone: return "gone";
    case errc::internal: return "internal";
  }
  return "unknown";
}

} // namespace troupe
