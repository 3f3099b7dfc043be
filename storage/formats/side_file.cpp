#include "storage/formats/side_file.hpp"

#include "storage/failure.hpp"
#include "storage/text.hpp"

#include <algorithm>

namespace troupe::formats {
namespace {

using path = std::filesystem::path;

bool stays_below(const std::string& name) {
  if (name.empty() || name.find("://") != std::string::npos
      || name.find_first_of(std::string_view{"\\\0", 2}) != std::string::npos)
    return false;
  const path relative{name};
  return !relative.is_absolute()
         && std::none_of(relative.begin(), relative.end(),
                         [](const path& part) { return part == ".."; });
}

bool is_below(const path& file, const path& folder) {
  const auto common =
    std::mismatch(folder.begin(), folder.end(), file.begin(), file.end());
  return common.first == folder.end();
}

} // namespace

std::optional<path> side_file(const path& folder, const std::string& name) {
  const failure elsewhere{errc::unreadable, "it refers to a file outside its folder: "
                                              + clean_text(name, 200)};
  if (!stays_below(name))
    throw elsewhere;
  const auto home = folder.empty() ? path{"."} : folder;
  std::error_code error;
  if (!std::filesystem::is_regular_file(home / name, error))
    return std::nullopt;
  const auto real = std::filesystem::canonical(home / name, error);
  if (error || !is_below(real, std::filesystem::canonical(home, error)))
    throw elsewhere;
  return home / name;
}

} // namespace troupe::formats
