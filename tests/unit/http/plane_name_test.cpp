#include "http/own_address.hpp"
#include "http/open/plane_name.hpp"

#include <doctest/doctest.h>

using namespace troupe;
using namespace troupe::http;

namespace {

errc code_of_refusal(const std::function<void()>& ask) {
  try {
    ask();
  } catch (const failure& e) {
    return e.code;
  }
  return errc::none;
}

const image_grant stack_grant{.image = 7, .size = {9, 9, 5, 1, 3}, .first = {2, 1}};

} // namespace

TEST_CASE("plane names: an image, or one plane of it") {
  CHECK(plane_named("7").image == 7);
  CHECK_FALSE(plane_named("7").z);
  const auto plane = plane_named("12345678901,4,2");
  CHECK(plane.image == 12345678901);
  CHECK(plane.z == 4);
  CHECK(plane.t == 2);
  for (auto text : {"", "x", "-7", "7,1", "7,1,2,3", "7,,", "7,a,0", "7,-1,0", "7 ",
                    "0x7", "9999999999999999999", "7,9999999999,0"}) {
    CAPTURE(text);
    CHECK(code_of_refusal([&] { plane_named(text); }) == errc::not_found);
  }
}

TEST_CASE("plane names: the name counts, then the query, then what is shown first") {
  web_request in;
  CHECK(plane_shown(plane_named("7", in), stack_grant) == plane_index{2, 1});
  in.query = {{"z", "4"}};
  CHECK(plane_shown(plane_named("7", in), stack_grant) == plane_index{4, 1});
  CHECK(plane_shown(plane_named("7,0,2", in), stack_grant) == plane_index{0, 2});
  in.query = {{"z", "5"}};
  CHECK(code_of_refusal([&] { plane_shown(plane_named("7", in), stack_grant); })
        == errc::bad_request);
  image_grant damaged = stack_grant;
  damaged.state = image_state::damaged;
  CHECK(code_of_refusal([&] { plane_shown(plane_named("7"), damaged); })
        == errc::unreadable);
}

TEST_CASE("own addresses: below the base that the client sees, commas as they are") {
  web_request in{.base = "https://images.example/lab"};
  in.segments = {"iiif", "3", "7,1,0", "a b"};
  CHECK(own_address(in, 3) == "https://images.example/lab/iiif/3/7,1,0");
  CHECK(own_address(in, 9) == "https://images.example/lab/iiif/3/7,1,0/a%20b");
  CHECK(own_query(in).empty());
  in.query = {{"c", "1|0:9$FF0000"}, {"z", "2"}};
  CHECK(own_query(in) == "?c=1%7C0%3A9%24FF0000&z=2");
}
