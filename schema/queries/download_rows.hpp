// What questions about downloads share.

#pragma once

#include "schema/queries/downloads.hpp"

namespace troupe {

/// SQL condition on an image `i`, as fmt format: whether its bytes may leave, for a
/// viewer :who that sees it.
std::string may_leave(const download_policy& policy);

/// @throws failure{denied} that says why.
[[noreturn]] void refuse_download(const std::string& what);

} // namespace troupe
