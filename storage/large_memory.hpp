// Room for planes: in huge pages where the kernel has them, as filling thousands of small
// ones costs more than reading the samples.

#pragma once

#include <cstdint>
#include <sys/mman.h>
#include <vector>

namespace troupe {

/// vector.reserve(count), in pages of 2 MiB as far as whole ones fit.
template <class Element>
void reserve_large(std::vector<Element>& vector, size_t count) {
  constexpr uintptr_t huge = 2 << 20;
  vector.reserve(count);
  const auto begin = reinterpret_cast<uintptr_t>(vector.data());
  const auto first = (begin + huge - 1) / huge * huge;
  const auto end = (begin + count * sizeof(Element)) / huge * huge;
  if (first < end) // a kernel without them says no, and nothing changes
    madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);
}

} // namespace troupe
