#include "tests/support/sent_files.hpp"

#include "tests/support/program.hpp"

#include <fmt/format.h>

namespace troupe::test {

json import_files(api& who, const sent_files& files) {
  auto list = json::array();
  for (auto& [name, bytes] : files)
    list.push_back({{"path", name}, {"bytes", bytes.size()}});
  const auto import =
    fmt::format("/api/v1/imports/{}",
                who.make("/api/v1/imports", {{"files", list}}).at("id").get<int64_t>());
  for (size_t i = 0; i < files.size(); ++i) {
    const auto file = fmt::format("{}/files/{}", import, i);
    if (!files[i].second.empty() && who.patch(file, files[i].second, 0).status != 204)
      throw std::runtime_error{files[i].first + " was not taken"};
  }
  return wait_for_end(who, who.make(import + "/commit", json::object()).at("id"));
}

sent_files files_under(const std::filesystem::path& folder) {
  sent_files files;
  for (auto& e : std::filesystem::recursive_directory_iterator{folder})
    if (e.is_regular_file())
      files.emplace_back(e.path().lexically_relative(folder.parent_path()).string(),
                         text_of_file(e.path()));
  return files;
}

} // namespace troupe::test
