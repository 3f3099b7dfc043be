// High-content screens: plates of wells, wells of fields, each field an image.

#pragma once

#include "storage/metadata/quantity.hpp"
#include "storage/pixels.hpp"

namespace troupe::metadata {

/// An image of a well.
struct field {
  std::string id = {};
  int32_t image = 0;               ///< series
  std::optional<int32_t> run = {}; ///< index of plate::runs
  std::optional<quantity> x = {}, y = {};
  std::string at = {}; ///< RFC 3339, empty = not said
  std::vector<int32_t> annotations = {};
};

/// Which reagent of which screen.
struct reagent_index {
  int32_t screen = 0, reagent = 0;
};

struct well {
  int32_t row = 0, column = 0; ///< from 0
  std::string type = {}, external_id = {}, external_description = {};
  std::optional<rgba> color = {};
  std::vector<field> fields = {}; ///< in order
  std::vector<reagent_index> reagents = {};
  std::vector<int32_t> annotations = {}; ///< indexes of document::annotations
};

/// One pass of the microscope over a plate.
struct plate_run {
  std::string id, name, description;
  std::string started, ended;         ///< RFC 3339, empty = not said
  std::optional<int32_t> most_fields; ///< of a well
  std::vector<int32_t> annotations;
};

struct plate {
  std::string id, name, description, status, external_id;
  std::optional<int32_t> rows, columns;
  std::string row_naming, column_naming; ///< "letter", "number" or empty
  std::optional<quantity> origin_x, origin_y;
  std::optional<int32_t> default_field;
  std::vector<well> wells; ///< at most one per row and column
  std::vector<plate_run> runs;
  std::vector<int32_t> annotations;
};

struct reagent {
  std::string id, name, description, identifier;
  std::vector<int32_t> annotations;
};

struct screen {
  std::string id, name, description, type;
  std::string protocol, protocol_description, reagent_set, reagent_set_description;
  std::vector<reagent> reagents;
  std::vector<int32_t> plates; ///< indexes of document::plates
  std::vector<int32_t> annotations;
};

} // namespace troupe::metadata
