// Images as the items of lists.

#pragma once

#include "http/omero/call.hpp"
#include "schema/queries/image_cards.hpp"

namespace troupe::http::omero {

/// Behind the host. @param size  when it is not the usual one.
std::string thumbnail_address(const call& c, int64_t image,
                              std::optional<int32_t> size = std::nullopt);

/// {"type", "id", "name", "description", "author", "date", "thumb_url"}.
/// @param size  of the thumbnail, when it is not the usual one.
json card_json(const call& c, const image_card& card,
               std::optional<int32_t> size = std::nullopt);

/// "A" of row 0, "AA" of row 26.
std::string letters_of(int32_t row);

} // namespace troupe::http::omero
