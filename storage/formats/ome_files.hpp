// The files an OME-TIFF's metadata speak of.

#pragma once

#include "storage/formats/ome_xml.hpp"
#include "storage/formats/tiff_structure.hpp"

#include <unordered_map>

namespace troupe::formats {

/// OME-XML, and the file it is in.
struct ome_source {
  std::string file; ///< below the folder
  bool in_tiff = false;
  std::string text;
};

/// The OME-XML of a TIFF or a companion, or of the file that its BinaryOnly element
/// names.
/// @returns nothing for a TIFF without. @throws failure{unreadable} "... missing <name>".
std::optional<ome_source> find_ome_xml(const std::filesystem::path& main);

/// Opens the files when their pages are asked for.
class ome_files {
public:
  /// @param document  outlives this.
  ome_files(std::filesystem::path folder, const ome_source& source,
            const ome_document& document);

  struct range {
    int32_t first = 0, count = 0; ///< of pages()
  };
  /// The pages of the file a TiffData element speaks of; nothing when it is missing.
  /// @throws failure{unreadable} for files outside the folder, and broken ones.
  std::optional<range> find(const ome_tiff_data& place);

  const tiff_pages& pages() const { return structure_.pages; }
  /// "page 2", or "page 2 of b.tif" where there are several files.
  std::string words_for(int32_t page) const;
  /// Names of files that are missing, and of those that seem to be others.
  const std::vector<std::string>& missing() const { return missing_; }
  const std::vector<std::string>& strangers() const { return strangers_; }
  /// What the first TIFF says beside its pixels.
  std::vector<std::pair<std::string, std::string>> facts() const { return facts_; }
  /// Files and pages; the images are to be added.
  tiff_structure take() { return std::move(structure_); }

private:
  std::string name_of(const ome_tiff_data& place) const;
  std::optional<range> read(const std::string& name, const std::string& uuid);

  tiff_structure structure_;
  std::string own_; ///< the TIFF that has the metadata, or empty
  bool own_is_named_ = false;
  const ome_document& document_;
  std::unordered_map<std::string, std::optional<range>> known_;
  std::vector<std::string> missing_, strangers_;
  std::vector<std::pair<std::string, std::string>> facts_;
};

} // namespace troupe::formats
