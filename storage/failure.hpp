// What went wrong, in words every layer shares. Knows nothing of CAF, SQL or HTTP.

#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace troupe {

/// Why a request failed. One code per reaction a caller can have.
enum class errc : uint8_t {
  none,
  bad_request, ///< The arguments make no sense.
  signed_out,  ///< Nobody is signed in, or the session expired.
  denied,      ///< Known caller, no permission.
  not_found,   ///< No such thing, or not visible to this caller.
  conflict,    ///< The thing is not in the state this needs.
  too_large,   ///< More was asked for than one answer may hold.
  throttled,   ///< Too many attempts; come back later.
  unreadable,  ///< The file is there and cannot be decoded.
  no_space,    ///< The disk is full.
  unavailable, ///< A part of the server is restarting, busy or too slow; try again.
  gone,        ///< The asker left, or a newer request replaced this one.
  internal,    ///< A bug of ours.
};

/// @returns the wire name, e.g. "not-found".
std::string to_string(errc code);

/// The one exception storage/ and schema/ throw on purpose.
struct failure : std::runtime_error {
  failure(errc why, const std::string& detail) : std::runtime_error{detail}, code{why} {}
  errc code;
};

} // namespace troupe
