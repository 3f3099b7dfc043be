// Work on several cores at once.

#pragma once

#include <cstddef>
#include <functional>

namespace troupe {

/// Calls work(0) ... work(count - 1), each once, on up to `threads` threads of which the
/// caller is one.
/// @throws what the first call that failed threw, when all have ended.
void for_each_in_parallel(size_t threads, size_t count,
                          const std::function<void(size_t)>& work);

} // namespace troupe
