// A registration as rows for json_to_recordset: one JSON list per table. Rows name
// their fileset by `main` (file of the import) and their image by `series`.

#pragma once

#include "schema/queries/imports.hpp"

#include <nlohmann/json.hpp>

namespace troupe {

/// @throws failure{internal} when lists that belong together differ in length.
void check_registration(const registration& what);

nlohmann::json fileset_rows(const registration& what);
nlohmann::json file_rows(const registration& what);
nlohmann::json image_rows(const registration& what);
nlohmann::json channel_rows(const registration& what);
nlohmann::json plane_rows(const registration& what);
nlohmann::json rendering_rows(const registration& what);

/// @returns whether the samples of that series were read.
bool is_measured(const inspection& found, size_t series);

} // namespace troupe
