#include "storage/formats/memo_folder.hpp"

#include "storage/files/managed.hpp"
#include "storage/formats/description_json.hpp"

#include <fmt/format.h>
#include <fstream>
#include <openssl/sha.h>
#include <sys/stat.h>
#include <unistd.h>

namespace troupe::formats {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// Change it with the form of a memo, or with what a format's memo means.
constexpr auto version = "2/" TROUPE_VERSION;

std::string digest(const std::string& text) {
  sha256_digest hash;
  SHA256(reinterpret_cast<const uint8_t*>(text.data()), text.size(), hash.data());
  return to_hex(hash);
}

/// Changes when a file does. @returns nothing for a file that is not there.
std::optional<std::string> stamp_of(const fs::path& file) {
  struct stat now {};
  if (::stat(file.c_str(), &now) != 0)
    return std::nullopt;
  return fmt::format("{}|{}|{}.{}\n", file.string(), now.st_size, now.st_mtim.tv_sec,
                     now.st_mtim.tv_nsec);
}

/// Of all files of a fileset together. @returns nothing when one is not there.
std::optional<std::string> stamp_of(const fs::path& main, const description& what) {
  std::string all;
  for (auto& name : what.files) {
    const auto one = stamp_of(main.parent_path() / name);
    if (!one)
      return std::nullopt;
    all += *one;
  }
  return digest(all);
}

/// What rendering needs of it.
description shortened(description what) {
  what.facts.clear();
  what.warnings.clear();
  for (auto& image : what.images)
    image.planes.clear();
  return what;
}

/// All of it or nothing: a reader never sees half a memo.
void write(const fs::path& file, const std::vector<uint8_t>& bytes) {
  fs::create_directories(file.parent_path());
  auto aside = file;
  aside += fmt::format(".{}.tmp", ::gettid());
  std::ofstream out{aside, std::ios::binary};
  out.write(reinterpret_cast<const char*>(bytes.data()),
            static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (out)
    fs::rename(aside, file);
  else
    fs::remove(aside);
}

} // namespace

fs::path memo_folder::file_of(const fs::path& main) const {
  const auto name = digest(stamp_of(main).value_or(""));
  return folder_ / name.substr(0, 2) / (name + ".cbor");
}

fileset_ptr memo_folder::recall(const format& how, const fs::path& main) const {
  try {
    std::ifstream in{file_of(main), std::ios::binary};
    if (!in)
      return nullptr;
    const auto stored = json::from_cbor(in);
    if (stored.at("version") != version || stored.at("format") != how.name)
      return nullptr;
    auto what = description_of_json(stored.at("description"));
    if (stamp_of(main, what) != stored.at("files").get<std::string>())
      return nullptr;
    return how.recall(main, std::move(what), stored.at("memo"));
  } catch (const std::exception&) {
    return nullptr; // whatever it is, it is no memo of ours
  }
}

void memo_folder::keep(const format& how, const fs::path& main,
                       const fileset& what) const {
  try {
    auto memo = what.memo();
    const auto files = stamp_of(main, what.describe());
    if (memo.is_null() || !files)
      return;
    write(file_of(main),
          json::to_cbor({{"version", version},
                         {"format", how.name},
                         {"files", *files},
                         {"description", to_json(shortened(what.describe()))},
                         {"memo", std::move(memo)}}));
  } catch (const std::exception&) {
    // A full disk costs the memo, not the picture.
  }
}

fileset_ptr memo_folder::open(const format& how, const fs::path& main) const {
  const auto remembers = how.recall && !folder_.empty();
  if (remembers)
    if (auto known = recall(how, main))
      return known;
  auto parsed = parse(how, main);
  if (remembers)
    keep(how, main, *parsed);
  return parsed;
}

} // namespace troupe::formats
