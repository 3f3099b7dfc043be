// What a file says beyond its pixels as rows for json_to_recordset. Rows name their
// fileset by `main` and what came with it by position.

#pragma once

#include "schema/queries/imports.hpp"

#include <nlohmann/json.hpp>

namespace troupe {

/// Calls add(rows, row, metadata) for every fileset.
template <class Add>
nlohmann::json per_document(const registration& what, Add add) {
  auto rows = nlohmann::json::array();
  for (const auto& fileset : what.filesets)
    add(rows, nlohmann::json{{"main", fileset.main_import_file}},
        fileset.found.what.about);
  return rows;
}

/// {kind, id, attributes: {name: value}, parts: [...]}; a quantity is {value, unit}.
nlohmann::json json_of(const metadata::part& p);

nlohmann::json fact_rows(const registration& what);
nlohmann::json instrument_rows(const registration& what);
nlohmann::json acquisition_rows(const registration& what);
nlohmann::json channel_attribute_rows(const registration& what);

nlohmann::json screen_rows(const registration& what);
nlohmann::json reagent_rows(const registration& what);
nlohmann::json plate_rows(const registration& what);
nlohmann::json screen_plate_rows(const registration& what);
nlohmann::json run_rows(const registration& what);
nlohmann::json well_rows(const registration& what);
nlohmann::json well_reagent_rows(const registration& what);
nlohmann::json field_rows(const registration& what);

/// A region drawn on several images is several rows.
nlohmann::json roi_rows(const registration& what);
nlohmann::json shape_rows(const registration& what);
/// The row, with what is stored of a shape: kind, bounds, geometry, style ...
nlohmann::json shape_row(nlohmann::json row, const metadata::shape& s);
nlohmann::json folder_rows(const registration& what);
nlohmann::json folder_image_rows(const registration& what);
nlohmann::json folder_roi_rows(const registration& what);

nlohmann::json annotation_rows(const registration& what);
nlohmann::json annotation_link_rows(const registration& what);

/// Which rows stand for which regions: row = index into this.
struct roi_place {
  size_t roi = 0;
  std::optional<int32_t> series;
};
std::vector<roi_place> roi_places(const metadata::document& about);

} // namespace troupe
