// The list of formats: a row and a file each.

#pragma once

#include "storage/failure.hpp"
#include "storage/formats/fileset.hpp"

#include <filesystem>
#include <span>

namespace troupe::formats {

/// What decides which format a path is.
struct probe {
  const std::filesystem::path& path; ///< a file or a folder
  bool folder = false;
  std::span<const uint8_t> head; ///< the first bytes of a file, at most 4 KiB
};

struct format {
  const char* name;
  const char* reads;            ///< for `troupe formats`: extensions and variants
  bool (*detect)(const probe&); ///< by content; names decide for folders only
  /// @param main  any file of the fileset. @throws failure{unreadable} with the reason,
  ///              without the path.
  fileset_ptr (*parse)(const std::filesystem::path& main);
  /// The same from fileset::memo(); null for formats without memos.
  fileset_ptr (*recall)(const std::filesystem::path& main, description what,
                        const nlohmann::json& memo) = nullptr;
};

/// In order of detection.
extern const std::vector<format> all;

/// What format_of() throws when no format takes the file.
struct no_image : failure {
  explicit no_image(const std::string& detail) : failure{errc::unreadable, detail} {}
};

/// The format of a path. @throws no_image, failure{unreadable} "<file name>: <reason>",
///                               failure{not_found} when absent.
const format& format_of(const std::filesystem::path& path);

/// how.parse(). @throws failure "<file name>: <reason>".
fileset_ptr parse(const format& how, const std::filesystem::path& main);
/// The same with format_of(main).
fileset_ptr parse(const std::filesystem::path& main);

} // namespace troupe::formats
