// What is measured on a running server; each prints its table and its goals.

#pragma once

#include "tests/bench/server.hpp"

namespace troupe::bench {

/// Tiles, thumbnails, lists, the gate alone. Needs the specimens.
void bench_requests(server& s);

/// OMERO's addresses beside ours. @param image  512 x 512, of at least 3 channels.
void bench_faces(server& s, int64_t image);

/// A slide of JPEG tiles: passing stored tiles on beside drawing them, cold thumbnails,
/// and what eight viewers cost in memory. @param image  the slide's id.
void bench_slide(server& s, int64_t image);

} // namespace troupe::bench
