// What is known of one image as OME-XML that the 2016-06 schema accepts.

#pragma once

#include "storage/formats/description.hpp"

namespace troupe::exports {

/// Where the pixels are that the XML describes.
enum class pixel_place : uint8_t {
  elsewhere, ///< it does not say
  this_tiff, ///< the pages of the TIFF it is in, see ome_tiff
};

/// Names, sizes, channels and planes of `image`; of `about` what is on that image:
/// regions, annotations of images[0] and its channels. Left out is what the schema has no
/// words for: regions without shapes, files without their bytes, units and enumerations
/// it does not know.
std::string write_ome_xml(const formats::series& image, const metadata::document& about,
                          pixel_place where);

} // namespace troupe::exports
