// What questions about downloads share.

#pragma once

#include "schema/queries/downloads.hpp"

namespace troupe {

/// SQL condition on an image `i`: whether its bytes may leave, for a viewer who is :who
/// and sees it.
std::string may_leave(const download_policy& policy, const viewer& who);

/// @throws failure{denied} that says why.
[[noreturn]] void refuse_download(const std::string& what, const viewer& who);

} // namespace troupe
