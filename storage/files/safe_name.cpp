// The names files have on disk.

#include "storage/files/managed.hpp"
#include "storage/text.hpp"

#include <algorithm>
#include <cctype>

namespace troupe {
namespace {

constexpr size_t longest_name = 200, longest_extension = 20;

/// Characters that reorder or hide text: a name must show what it is.
bool is_invisible(uint32_t c) {
  return (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e)
         || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xfffb);
}

/// @returns the start of the character that byte `at` belongs to.
size_t boundary(const std::string& text, size_t at) {
  while (at > 0 && (static_cast<uint8_t>(text[at]) & 0xc0) == 0x80)
    --at;
  return at;
}

std::string shortened(const std::string& name) {
  if (name.size() <= longest_name)
    return name;
  auto dot = name.rfind('.');
  if (dot == std::string::npos || name.size() - dot > longest_extension)
    dot = name.size();
  const auto extension = name.substr(dot);
  return name.substr(0, boundary(name, longest_name - extension.size())) + extension;
}

bool is_reserved(std::string stem) {
  stem = stem.substr(0, stem.find('.'));
  std::transform(stem.begin(), stem.end(), stem.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  if (stem.size() == 4 && stem[3] >= '1' && stem[3] <= '9')
    return stem.starts_with("COM") || stem.starts_with("LPT");
  return stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL";
}

} // namespace

std::string safe_file_name(const std::string& client_path) {
  const auto slash = client_path.find_last_of("/\\");
  const auto last =
    slash == std::string::npos ? client_path : client_path.substr(slash + 1);
  const auto text = clean_text(last);
  std::string name;
  for (size_t at = 0; at < text.size();) {
    const auto [code, length] = character_at(text, at);
    if (code == '\n' || code == '\t'
        || (code < 0x80
            && std::string{"<>:\"|?*"}.find(static_cast<char>(code))
                 != std::string::npos))
      name += '_';
    else if (!is_invisible(code))
      name.append(text, at, length);
    at += length;
  }
  name.erase(0, std::min(name.find_first_not_of(' '), name.size()));
  name.erase(name.find_last_not_of(". ") + 1);
  if (name.empty())
    return "unnamed";
  return shortened(is_reserved(name) ? "_" + name : name);
}

} // namespace troupe
