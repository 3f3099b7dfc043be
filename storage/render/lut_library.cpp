#include "storage/render/lut_library.hpp"

#include "storage/render/lut_formulas.hpp"

#include <fstream>

namespace troupe::render {
namespace {

constexpr uintmax_t largest_file = 1 << 20; // text of 258 rows takes a few KB

std::optional<lookup_table> read_file(const std::filesystem::directory_entry& file,
                                      profile rules) {
  std::error_code error;
  if (file.path().extension() != ".lut" || !file.is_regular_file(error)
      || file.file_size(error) > largest_file || error)
    return std::nullopt;
  std::ifstream in{file.path(), std::ios::binary};
  const std::vector<char> bytes{std::istreambuf_iterator<char>{in}, {}};
  return read_lut({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, rules);
}

} // namespace

lut_library::lut_library() : lut_library{std::filesystem::path{}} {}

lut_library::lut_library(const std::filesystem::path& folder, profile rules) {
  tables all;
  for (auto& [name, table] : formula_tables())
    all[name] = {table, {}};
  std::error_code error;
  namespace fs = std::filesystem;
  for (fs::recursive_directory_iterator at{folder, error}, end; !error && at != end;
       at.increment(error))
    if (auto table = read_file(*at, rules))
      all[at->path().filename().string()] = {
        *table, at->path().lexically_relative(folder).generic_string()};
  tables_ = std::make_shared<const tables>(std::move(all));
}

const lut_library& lut_library::built_in() {
  static const lut_library formulas;
  return formulas;
}

const lookup_table* lut_library::find(std::string_view name) const {
  const auto found = tables_->find(name);
  return found == tables_->end() ? nullptr : &found->second.table;
}

std::vector<lut_library::entry> lut_library::entries() const {
  std::vector<entry> result;
  for (auto& [name, s] : *tables_)
    result.push_back({name, s.path});
  return result;
}

} // namespace troupe::render
