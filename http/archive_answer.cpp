#include "http/archive_answer.hpp"

#include "storage/export/archive_names.hpp"
#include "storage/export/zip.hpp"

#include <spdlog/spdlog.h>

namespace troupe::http {

namespace {

class archive_stream final : public body_stream {
public:
  archive_stream(std::string name, std::vector<exports::archived_file> files)
    : name_{std::move(name)},
      archive_{std::move(files)} {}

  uint64_t length() const override { return archive_.bytes(); }

  shared_bytes next() override {
    try {
      return archive_.next();
    } catch (const std::exception& e) {
      spdlog::error("download broken off file=\"{}\" reason=\"{}\"", name_, e.what());
      throw;
    }
  }

private:
  std::string name_;
  exports::zip_archive archive_;
};

std::vector<exports::archived_file> archived(const std::vector<original_file>& files) {
  std::vector<exports::archive_member> members;
  for (auto& f : files)
    members.push_back({f.folder, f.fileset, f.name});
  const auto names = exports::archive_names(members);
  std::vector<exports::archived_file> out;
  for (size_t i = 0; i < files.size(); ++i) {
    const auto& f = files[i];
    out.push_back(
      {names[i], f.path, static_cast<uint64_t>(f.bytes), f.modified_ns, f.imported});
    check_unchanged(out.back());
  }
  return out;
}

} // namespace

web_response archive_answer(const original_files& files) {
  return archive_answer(exports::safe_part(files.title) + ".zip", archived(files.files));
}

web_response archive_answer(const std::string& name,
                            std::vector<exports::archived_file> files) {
  web_response out{.type = "application/zip"};
  out.stream = std::make_shared<archive_stream>(name, std::move(files));
  out.headers = {{"Accept-Ranges", "none"},
                 {"Cache-Control", "no-store"},
                 {"Content-Disposition", attachment_named(name)}};
  return out;
}

} // namespace troupe::http
