#include "http/omero/multipart.hpp"
#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe::http::omero;

namespace {

const std::string type = "multipart/form-data; boundary=\"--x7\"";

std::string part(const std::string& head, const std::string& content) {
  return "----x7\r\n" + head + "\r\n\r\n" + content + "\r\n";
}

} // namespace

TEST_CASE("forms: fields between ampersands are decoded") {
  const auto fields = fields_of_urlencoded("a=1&b=x+y%26z&a=2&empty=");
  REQUIRE(fields.size() == 4);
  CHECK(fields[1].second == "x y&z");
  CHECK(fields[2].first == "a");
  CHECK(fields[3].second.empty());
  CHECK_THROWS_AS(fields_of_urlencoded("a=%zz"), troupe::failure);
}

TEST_CASE("forms: parts have names, files and bytes as they were") {
  const std::string bytes{"\r\n--x\0--", 8};
  const auto body =
    part("Content-Disposition: form-data; name=\"image\"", "62")
    + part("content-disposition: form-data; name=\"f\"; filename=\"a \\\"b\\\".csv\"\r\n"
           "Content-Type: text/csv",
           bytes)
    + "----x7--\r\n";
  const auto parts = parts_of_multipart(type, body);
  REQUIRE(parts.size() == 2);
  CHECK(parts[0].name == "image");
  CHECK_FALSE(parts[0].is_file);
  CHECK(parts[0].content == "62");
  CHECK(parts[1].is_file);
  CHECK(parts[1].file_name == "a \"b\".csv");
  CHECK(parts[1].type == "text/csv");
  CHECK(parts[1].content == bytes);
}

TEST_CASE("forms: an empty part is a part") {
  const auto body = part("Content-Disposition: form-data; name=a", "") + "----x7--";
  const auto parts = parts_of_multipart(type, body);
  REQUIRE(parts.size() == 1);
  CHECK(parts[0].content.empty());
}

TEST_CASE("forms: what has no end, head or boundary is refused") {
  const auto one = part("Content-Disposition: form-data; name=a", "1");
  CHECK_THROWS_AS(parts_of_multipart(type, one), troupe::failure);
  CHECK_THROWS_AS(parts_of_multipart(type, "----x7\r\nno head\r\n----x7--"),
                  troupe::failure);
  CHECK_THROWS_AS(parts_of_multipart("multipart/form-data", one), troupe::failure);
  CHECK_THROWS_AS(parts_of_multipart(type, ""), troupe::failure);
}
