// An imported file as the server shows it, in a reader's words: what is checked of files
// on disk can be checked of those on a server.

#pragma once

#include "storage/inspect/inspection.hpp"
#include "tests/support/api.hpp"

namespace troupe::test {

/// Asks for every block at /pixels, and describes images by their JSON.
class served_file : public formats::reader {
public:
  /// @param images  ids of one file's images, in order.
  served_file(api& who, std::vector<int64_t> images);

  const formats::description& describe() const override { return seen_.what; }
  std::vector<raw_plane> read(const formats::block& b) override;
  /// With the ranges of all channels.
  const inspection& seen() const { return seen_; }

private:
  answer ask(const formats::block& b, int32_t channel);

  api& who_;
  std::vector<int64_t> images_;
  inspection seen_;
};

} // namespace troupe::test
