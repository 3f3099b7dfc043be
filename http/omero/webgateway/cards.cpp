#include "http/omero/webgateway/cards.hpp"

#include <fmt/format.h>

namespace troupe::http::omero {

std::string thumbnail_address(const call& c, int64_t image, std::optional<int32_t> size) {
  const auto host = c.in.base.find("://") + 3;
  const auto prefix = std::min(c.in.base.find('/', host), c.in.base.size());
  return fmt::format("{}/webgateway/render_thumbnail/{}/{}", c.in.base.substr(prefix),
                     image, size ? fmt::format("{}/", *size) : "");
}

json card_json(const call& c, const image_card& card, std::optional<int32_t> size) {
  return {{"type", "Image"},
          {"id", card.id},
          {"name", card.name},
          {"description", card.description},
          {"author", card.author},
          {"date", card.taken},
          {"thumb_url", thumbnail_address(c, card.id, size)}};
}

std::string letters_of(int32_t row) {
  std::string out;
  for (auto n = row + 1; n > 0; n = (n - 1) / 26)
    out.insert(out.begin(), static_cast<char>('A' + (n - 1) % 26));
  return out;
}

} // namespace troupe::http::omero
