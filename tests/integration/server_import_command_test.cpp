// `troupe import`: what it prints, how it ends, how it gets over a broken connection.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sstream>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

constexpr int all_imported = 0, none_imported = 1, wrong_usage = 2, partly_imported = 3;

/// A folder of images, among them what is none.
struct folder_of_images {
  short_folder disk;
  fs::path stack_file = write_text(disk / "cells.ome.tif", stack{}.bytes());
  fs::path picture = write_text(disk / "photo.jpg", picture_specimen{}.jpeg());
  fs::path text = write_text(disk / "notes.txt", "Dear diary");
  fs::path damaged = write_text(disk / "damaged.tif", damaged_tiff());
};

ended import_as(api& who, const running_server& server, words arguments) {
  words all{"import", "--server", server.url(), "--token", who.token()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return run_troupe(all);
}

/// The lines of --json, by path.
std::map<std::string, json> lines_of(const std::string& out) {
  std::map<std::string, json> lines;
  std::istringstream in{out};
  for (std::string line; std::getline(in, line);) {
    const auto object = json::parse(line);
    lines[object.at("path")] = object;
  }
  return lines;
}

} // namespace

TEST_CASE("troupe import: a line for every file, 0 when all came in") {
  auto& server = shared_server();
  auto ada = server.add_user("cli.all");
  const folder_of_images files;
  const auto result = import_as(
    ada, server,
    {"--json", "--project", "P", "--dataset", "D", files.stack_file, files.picture});
  CHECK(result.code == all_imported);
  const auto lines = lines_of(result.out);
  REQUIRE(lines.size() == 2);
  const auto& image = lines.at(files.stack_file).at("images").at(0);
  CHECK(image.at("name") == "cells.ome.tif");
  CHECK(image.at("series") == 0);
  CHECK(pixels(ada, image.at("id"), "z=2&c=1&t=1") == stack{}.plane(2, 1, 1));
  CHECK(ada.read("/api/v1/projects").at("items").at(0).at("name") == "P");
  CHECK(ada.read("/api/v1/datasets").at("items").at(0).at("images") == 2);
}

TEST_CASE("troupe import: a folder is walked, what is no image is passed over") {
  auto& server = shared_server();
  auto ada = server.add_user("cli.folder");
  const folder_of_images files;
  fs::create_directories(files.disk / "deep" / "er");
  write_text(files.disk / "deep" / "er" / "x", picture_specimen{}.png()); // by content
  fs::remove(files.damaged);
  const auto result = import_as(ada, server, {"--json", files.disk.path()});
  CHECK(result.code == all_imported);
  const auto lines = lines_of(result.out);
  CHECK(lines.size() == 4);
  CHECK(lines.at(files.text).contains("skipped"));
  CHECK(lines.at(files.disk / "deep" / "er" / "x").contains("images"));
}

TEST_CASE("troupe import: 3 when some failed, 1 when nothing came in") {
  auto& server = shared_server();
  auto ada = server.add_user("cli.partly");
  const folder_of_images files;
  auto result =
    import_as(ada, server, {"--json", files.damaged, files.picture, files.text});
  CHECK(result.code == partly_imported);
  const auto lines = lines_of(result.out);
  CHECK(lines.at(files.damaged).at("error").get<std::string>().find("damaged.tif") == 0);
  CHECK(lines.at(files.text).contains("error"));
  CHECK(lines.at(files.picture).contains("images"));

  result = import_as(ada, server, {"--json", files.damaged, files.disk / "absent.tif"});
  CHECK(result.code == none_imported);
  CHECK(lines_of(result.out).size() == 2);
  CHECK(import_as(ada, server, {files.text}).code == none_imported);
}

TEST_CASE("troupe import: people get lines on stderr, stdout stays clean") {
  auto& server = shared_server();
  auto ada = server.add_user("cli.words");
  const folder_of_images files;
  const auto result = import_as(ada, server, {files.picture, files.damaged});
  CHECK(result.code == partly_imported);
  CHECK(result.out.empty());
  CHECK(result.err.find("imported " + files.picture.string()) != std::string::npos);
  CHECK(result.err.find("failed   " + files.damaged.string()) != std::string::npos);
  CHECK(result.err.find("1 imported, 1 failed") != std::string::npos);
}

TEST_CASE("troupe import: wrong usage is 2, a wrong password or no server is 1") {
  auto& server = shared_server();
  const folder_of_images files;
  CHECK(run_troupe({"import"}).code == wrong_usage);
  CHECK(run_troupe({"import", "--no-such-option", files.picture}).code == wrong_usage);
  CHECK(run_troupe({"import", "--server", server.url(), files.picture}).code
        == wrong_usage);
  const auto wrong = write_text(files.disk / "wrong", "not it\n");
  const auto refused = run_troupe({"import", "--server", server.url(), "--login",
                                   "nobody", "--password-file", wrong, files.picture});
  CHECK(refused.code == none_imported);
  CHECK(refused.err.find("wrong name or password") != std::string::npos);
}

TEST_CASE("troupe import: signs in with a password file") {
  auto& server = shared_server();
  server.add_user("cli.login");
  const folder_of_images files;
  const auto result =
    run_troupe({"import", "--server", server.url(), "--login", "cli.login",
                "--password-file", server / "password", files.picture});
  CHECK(result.code == all_imported);
}

TEST_CASE("troupe import: goes on when the server dies and comes back") {
  running_server server;
  const auto listen = fmt::format("127.0.0.1:{}", server.port());
  const auto token = server.root().token();
  REQUIRE(server.stop() == 0);
  server.start({.listen = listen, .fault_point = "upload.appended"});

  const short_folder disk;
  const auto bytes = stack{}.bytes() + std::string(2'000'000, '\0');
  const auto file = write_text(disk / "big.tif", bytes);
  program sender{{"import", "--json", "--server", server.url(), "--token", token, file},
                 {},
                 disk / "out",
                 disk / "err"};
  REQUIRE(server.has_ended()); // in the middle of the upload
  server.start({.listen = listen});
  CHECK(sender.wait(120s) == all_imported);
  const auto line = json::parse(text_of_file(disk / "out"));
  const int64_t image = line.at("images").at(0).at("id");
  const auto facts = server.root().read(fmt::format("/api/v1/images/{}", image));
  CHECK(facts.at("files")[0].at("sha256") == sha256(bytes));
  CHECK(server.root().read("/api/v1/imports").at("total") == 1);
}
