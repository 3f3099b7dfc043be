#include "storage/formats/memo_folder.hpp"

#include "storage/failure.hpp"
#include "tests/unit/storage/scratch_folder.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace troupe;
using namespace troupe::formats;

namespace {

namespace fs = std::filesystem;

int parsed = 0; ///< how often

/// A format of two files that remembers a secret.
class secret_set : public fileset {
public:
  secret_set(description what, int secret) : fileset{std::move(what)}, secret_{secret} {}
  tiling tiling_of(int32_t, int32_t) const override { return {{secret_, 1}, 1}; }
  std::unique_ptr<decoder> open() const override { return nullptr; }
  nlohmann::json memo() const override { return {{"secret", secret_}}; }

private:
  int secret_;
};

fileset_ptr parse_secret(const fs::path& main) {
  ++parsed;
  description what{.format = "Secret", .files = {main.filename().string(), "other.dat"}};
  series image{.name = "one", .size = {4, 3, 1, 1, 1}, .levels = {{4, 3}}};
  image.channels.resize(1);
  image.planes.push_back({.delta_t = 1.5});
  what.images.push_back(image);
  what.facts.emplace_back("long", std::string(1000, 'x'));
  return std::make_shared<secret_set>(what, 7);
}

fileset_ptr recall_secret(const fs::path&, description what, const nlohmann::json& memo) {
  return std::make_shared<secret_set>(std::move(what), memo.at("secret").get<int>());
}

const format secret{"Secret", "", nullptr, parse_secret, recall_secret};

struct kept_set {
  test::scratch_folder folder;
  fs::path main = test::write_file(folder / "main.dat", "main");
  fs::path other = test::write_file(folder / "other.dat", "other");
  fs::path memos = folder / "cache/readers";

  kept_set() {
    parsed = 0;
    open();
    REQUIRE(parsed == 1);
  }
  fileset_ptr open() const { return memo_folder{memos}.open(secret, main); }
  fs::path memo() const {
    for (auto& e : fs::recursive_directory_iterator{memos})
      if (e.is_regular_file())
        return e.path();
    return {};
  }
  void touch(const fs::path& file) const {
    fs::last_write_time(file, fs::last_write_time(file) + std::chrono::seconds{1});
  }
};

} // namespace

TEST_CASE("memo folder: a fileset is parsed once, also across processes") {
  const kept_set kept;
  const auto again = kept.open();
  CHECK(parsed == 1);
  CHECK(again->tiling_of(0, 0).tile.width == 7);
  const auto& what = again->describe();
  REQUIRE(what.images.size() == 1);
  CHECK(what.images[0].name == "one");
  CHECK(what.images[0].size == dimensions{4, 3, 1, 1, 1});
  CHECK(what.images[0].planes.empty());
  CHECK(what.facts.empty());
}

TEST_CASE("memo folder: a change of any file means parsing again") {
  const kept_set kept;
  kept.touch(kept.main);
  kept.open();
  CHECK(parsed == 2);
  kept.touch(kept.other);
  kept.open();
  CHECK(parsed == 3);
  kept.open();
  CHECK(parsed == 3);
  fs::remove(kept.other);
  kept.open();
  CHECK(parsed == 4);
}

TEST_CASE("memo folder: a memo that is broken or of another version is ignored") {
  const kept_set kept;
  for (auto& bytes :
       {std::string{}, std::string{"\xff garbage"}, std::string{"\xa1\x61", 2},
        test::text_of(kept.memo()).substr(0, 40)}) {
    test::write_file(kept.memo(), bytes);
    parsed = 0;
    CHECK(kept.open()->describe().images.size() == 1);
    CHECK(parsed == 1);
    kept.open();
    CHECK(parsed == 1);
  }
  auto stored = nlohmann::json::from_cbor(test::text_of(kept.memo()));
  stored["version"] = "0";
  const auto old = nlohmann::json::to_cbor(stored);
  test::write_file(kept.memo(), {old.begin(), old.end()});
  parsed = 0;
  kept.open();
  CHECK(parsed == 1);
}

TEST_CASE("memo folder: it may vanish, and nothing is left beside the memos") {
  const kept_set kept;
  CHECK(kept.memo().extension() == ".cbor");
  fs::remove_all(kept.memos.parent_path());
  kept.open();
  CHECK(parsed == 2);
  kept.open();
  CHECK(parsed == 2);
  test::write_file(kept.folder / "no folder", "");
  memo_folder{kept.folder / "no folder"}.open(secret, kept.main);
  CHECK(parsed == 3);
}

TEST_CASE("memo folder: without a folder, or a format without memos, all is parsed") {
  const kept_set kept;
  memo_folder{{}}.open(secret, kept.main);
  CHECK(parsed == 2);
  auto forgetful = secret;
  forgetful.recall = nullptr;
  memo_folder{kept.memos}.open(forgetful, kept.main);
  CHECK(parsed == 3);
}
