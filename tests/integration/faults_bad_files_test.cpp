// Malformed and hostile files, imported through a running server.

#include "tests/support/running_server.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/test_data.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <zlib.h>

using namespace troupe::test;
namespace fs = std::filesystem;

namespace {

bool may_be_image(const fs::path& file) {
  const auto e = file.extension();
  return e == ".tif" || e == ".tiff" || e == ".png" || e == ".jpg";
}

/// What the manifest calls a file, which may be kept packed.
fs::path name_of(const json& bad) {
  return fs::path{bad.value("inflateTo", bad.at("path").get<std::string>())}.filename();
}

std::string bytes_of(const fs::path& file) {
  auto packed = text_of_file(file);
  if (file.extension() != ".z")
    return packed;
  std::string out(size_t{64} << 20, '\0');
  auto size = static_cast<uLongf>(out.size());
  REQUIRE(::uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                       reinterpret_cast<const Bytef*>(packed.data()), packed.size())
          == Z_OK);
  out.resize(size);
  return out;
}

/// What is wrong with how the import ended, empty when nothing is.
std::string fault_of(const json& bad, const json& ended, const running_server& server) {
  const auto expected = bad.at("expect").get<std::string>();
  const auto done = ended.at("state") == "done";
  if (expected == "reject" && done)
    return "was taken";
  if (expected == "accept" && !done)
    return "was refused: " + ended.dump();
  if (done)
    return "";
  const auto error = ended.at("error").get<std::string>();
  const auto name = name_of(bad).string();
  if (!error.starts_with(name + ": ") || error.size() < name.size() + 6)
    return "is refused without its name and a reason: " + error;
  if (error.find("crashed") != error.npos || error.find(server.data()) != error.npos)
    return "is refused with what is nobody's business: " + error;
  return "";
}

int64_t resident(running_server& server) {
  return server.status().at("process").at("residentBytes");
}

/// What was taken is drawn, or refused when only drawing shows that it is broken.
void draw_all(api& who) {
  const auto taken = who.read("/api/v1/images?limit=1000");
  for (auto& image : taken.at("items"))
    for (const auto* picture : {"thumbnail", "plane?z=0&t=0&x=0&y=0&width=64&height=64",
                                "tile?level=0&x=0&y=0&z=0&t=0"}) {
      const auto path =
        fmt::format("/api/v1/images/{}/{}", image.at("id").get<int64_t>(), picture);
      const auto status = who.get(path).status;
      CHECK_MESSAGE((status == 200 || status == 422), image.at("name") << path << status);
    }
}

/// @returns false while none runs.
bool kill_decoder_of(const running_server& server, int64_t import) {
  const auto file = fmt::format("staging/{}/", import);
  for (auto pid : children_of(server.pid()))
    if (text_of_file(fmt::format("/proc/{}/cmdline", pid)).find(file)
        != std::string::npos)
      return ::kill(pid, SIGKILL) == 0;
  return false;
}

} // namespace

TEST_CASE("bad files: each import ends as expected, the server goes on") {
  const auto folder = data_folder() / "bad";
  if (!fs::exists(folder / "MANIFEST.json")) {
    MESSAGE("skipped: no bad files at " << folder.string());
    return;
  }
  running_server server;
  const auto before = resident(server);
  const auto manifest = manifest_of(folder);
  std::vector<std::pair<int64_t, json>> imports;
  for (auto& bad : manifest.at("cases")) {
    const auto file = folder / bad.at("path").get<std::string>();
    if (!fs::is_regular_file(file) || !may_be_image(name_of(bad)))
      continue;
    const auto id = upload(server.root(), name_of(bad), bytes_of(file));
    server.root().make(fmt::format("/api/v1/imports/{}/commit", id), json::object());
    imports.emplace_back(id, bad);
  }
  REQUIRE(imports.size() > 100);
  int64_t images = 0;
  for (auto& [id, bad] : imports) {
    const auto ended = wait_for_end(server.root(), id);
    const auto fault = fault_of(bad, ended, server);
    CHECK_MESSAGE(fault.empty(), bad.at("path").get<std::string>() << " " << fault);
    for (auto& result : ended.at("results"))
      images +=
        result.contains("images") ? static_cast<int64_t>(result["images"].size()) : 0;
  }
  CHECK(server.root().read("/api/v1/images").at("total") == images);
  draw_all(server.root());
  CHECK(fs::is_empty(server.data() / "staging"));
  CHECK(resident(server) < before + (int64_t{512} << 20));
  CHECK(server.is_ready(1s));
  for (auto& one : server.status().at("actors"))
    CHECK(one.at("restarts") == 0);
}

TEST_CASE("bad files: a decoder that is killed takes its own import along, no other") {
  running_server server;
  auto& root = server.root();
  const auto begin = [&](const std::string& name, const std::string& bytes) {
    const auto id = upload(root, name, bytes);
    root.make(fmt::format("/api/v1/imports/{}/commit", id), json::object());
    return id;
  };
  const auto victim = begin("victim.tif", big_tiff(16000, 16000));
  const auto other = begin("other.ome.tif", stack{}.bytes());
  REQUIRE(comes_true([&] { return kill_decoder_of(server, victim); }));
  const auto ended = wait_for_end(root, victim);
  CHECK(ended.at("state") == "failed");
  CHECK(ended.at("error") == "victim.tif: the decoder crashed (SIGKILL)");
  CHECK(wait_for_end(root, other).at("state") == "done");
  CHECK(root.read("/api/v1/images").at("total") == 1);
  CHECK(fs::is_empty(server.data() / "staging"));
  for (auto& one : server.status().at("actors"))
    CHECK(one.at("restarts") == 0);
}
