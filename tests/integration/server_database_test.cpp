// An existing PostgreSQL instead of the embedded one.

#include "tests/support/running_server.hpp"
#include "tests/support/scratch_database.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>

using namespace troupe::test;

TEST_CASE("existing database: everything works, and a second server on it is refused") {
  scratch_database database{scratch_database::content::empty};
  running_server server{{.arguments = {"--database", database.uri()}}};
  CHECK(server.postgres() == 0); // no PostgreSQL of our own
  auto image = import_image(server.root(), "a.png", picture_specimen{}.png());
  CHECK(server.root().get("/api/v1/images/" + std::to_string(image)).status == 200);
  CHECK(server.status().at("database").at("embedded") == false);

  short_folder other;
  auto second = run_troupe({"serve", "--data", (other / "data").string(), "--listen",
                            "127.0.0.1:0", "--database", database.uri()});
  CHECK(second.code == 1);
  CHECK(second.err.find("another troupe server uses this database") != std::string::npos);

  CHECK(server.stop() == 0);
  server.start({.arguments = {"--database", database.uri()}});
  CHECK(server.root().get("/api/v1/images/" + std::to_string(image)).status == 200);
}
