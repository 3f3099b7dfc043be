// The same work for many things, on a few threads.

#pragma once

#include <cstddef>
#include <functional>

namespace troupe::derive {

/// Calls work(index, thread) for every index below `count`, in no order, from `threads`
/// threads numbered from 0; the caller's is one of them.
/// @throws what the first failed call threw; the rest is left undone then.
void in_parallel(size_t threads, size_t count,
                 const std::function<void(size_t index, size_t thread)>& work);

} // namespace troupe::derive
