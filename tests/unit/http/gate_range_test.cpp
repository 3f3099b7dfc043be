#include "http/gate/gate.hpp"

#include <doctest/doctest.h>

using troupe::http::byte_range;
using troupe::http::range_of;

namespace {

bool is(std::string_view header, uint64_t size, uint64_t offset, uint64_t length) {
  auto found = range_of(header, size);
  return found && found->offset == offset && found->length == length && found->partial;
}

bool is_whole(std::string_view header, uint64_t size) {
  auto found = range_of(header, size);
  return found && found->offset == 0 && found->length == size && !found->partial;
}

bool is_unsatisfiable(std::string_view header, uint64_t size) {
  return !range_of(header, size);
}

} // namespace

TEST_CASE("range: one range is cut to what is there") {
  CHECK(is("bytes=0-0", 10, 0, 1));
  CHECK(is("bytes=2-5", 10, 2, 4));
  CHECK(is("bytes=2-", 10, 2, 8));
  CHECK(is("bytes=2-99", 10, 2, 8));
  CHECK(is("bytes=-3", 10, 7, 3));
  CHECK(is("bytes=-99", 10, 0, 10));
  CHECK(is("bytes=9-18446744073709551615", 10, 9, 1));
  CHECK(is("bytes=9-99999999999999999999999", 10, 9, 1));
}

TEST_CASE("range: a start behind the end cannot be satisfied") {
  CHECK(is_unsatisfiable("bytes=10-", 10));
  CHECK(is_unsatisfiable("bytes=999999-", 10));
  CHECK(is_unsatisfiable("bytes=99999999999999999999999-", 10));
  CHECK(is_unsatisfiable("bytes=-0", 10));
  CHECK(is_unsatisfiable("bytes=0-", 0));
}

TEST_CASE("range: what makes no sense, and several at once, mean the whole") {
  for (auto* header :
       {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=1", "bytes=5-2",
        "bytes=0-1,3-4", "bytes=0-0,0-0,0-0,0-0", "bytes=--5", "bytes=1--5", "bytes=+1-2",
        "bytes= 1-2", "bytes=-1-2", "items=0-1"})
    CHECK_MESSAGE(is_whole(header, 10), header);
  CHECK(is_whole("bytes=-5", 0));
}
