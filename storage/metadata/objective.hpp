// The one thing slide scanners say of their optics.

#pragma once

#include "storage/metadata/document.hpp"

namespace troupe::metadata {

/// An instrument with one objective, set for the first of the images: the slide itself.
/// Nothing for a magnification that is not a positive number.
/// @param images  how many the document is about.
document slide_objective(double magnification, size_t images);

} // namespace troupe::metadata
