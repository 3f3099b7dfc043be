// What OpenSlide says about a slide, in our words.

#pragma once

#include "storage/formats/fileset.hpp"
#include "storage/formats/slide_handle.hpp"

namespace troupe::formats {

/// @param pictures  becomes the names of the pictures that follow the slide: of its
/// label,
///                  of the whole glass.
/// @throws failure{unreadable}.
description describe_slide(openslide_t* slide, const std::filesystem::path& main,
                           std::vector<std::string>& pictures);

/// Empty when the slide does not say.
std::string property_of(openslide_t* slide, const std::string& name);

} // namespace troupe::formats
