// Names in headers.

#include "http/web.hpp"

#include <doctest/doctest.h>

using troupe::http::attachment_named;

TEST_CASE("web: a download's name for old clients, and for those that know UTF-8") {
  CHECK(attachment_named("cells.tif")
        == "attachment; filename=\"cells.tif\"; filename*=UTF-8''cells.tif");
  CHECK(attachment_named("\xC3\xBC <1>.zip")
        == "attachment; filename=\"_ <1>.zip\"; filename*=UTF-8''%C3%BC%20%3C1%3E.zip");
  CHECK(attachment_named("a\"b\\c%41\r\nX: y")
        == "attachment; filename=\"a_b_c_41__X: y\"; "
           "filename*=UTF-8''a%22b%5Cc%2541%0D%0AX%3A%20y");
}
