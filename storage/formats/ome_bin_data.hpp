// BinData: bytes inside OME-XML.

#pragma once

#include "storage/formats/ome_xml.hpp"
#include "storage/formats/xml.hpp"

namespace troupe::formats {

/// @returns nothing for a compression the schema does not know.
std::optional<bin_coding> coding_of(const pugi::xml_node& bin_data);

/// @param text  the element's base64. @param most  bytes the caller can use: more are cut
///              off, and never made.
/// @returns nothing when it is no base64 or the compressed stream is broken.
std::optional<std::vector<uint8_t>> decode_bin_data(std::string_view text,
                                                    bin_coding coding, size_t most);

/// All bytes of an element. @returns nothing when it is broken.
std::optional<std::vector<uint8_t>> bytes_of(const pugi::xml_node& bin_data, size_t most);

} // namespace troupe::formats
