#include "http/thumbnail_batch.hpp"

#include "storage/base64.hpp"

#include <algorithm>

namespace troupe::http {

namespace {

/// Of one request under way: others' are drawn in between.
constexpr size_t thumbnails_at_once = 8;

struct thumbnail_batch {
  std::vector<view_thumbnail> wanted;
  drawn_thumbnails drawn; ///< as far as there are answers
  size_t next = 0, answered = 0;
  std::function<web_response(const drawn_thumbnails&)> respond;
};

void ask_for_next(const conversation& c, const std::shared_ptr<thumbnail_batch>& batch) {
  if (batch->next == batch->wanted.size())
    return;
  const auto i = batch->next++;
  c.try_ask(c.session, batch->wanted[i],
            [c, batch, i](caf::expected<encoded_image> drawn) {
              batch->drawn[i] = std::move(drawn);
              if (++batch->answered == batch->wanted.size())
                return c.answer([batch] { return batch->respond(batch->drawn); });
              ask_for_next(c, batch);
            });
}

} // namespace

web_response
draw_thumbnails(desk& d, web_request& in, const std::vector<int64_t>& images,
                const view_thumbnail& each,
                std::function<web_response(const drawn_thumbnails&)> respond) {
  return d.converse(
    in, true, [=](const conversation& c, const std::shared_ptr<rendezvous>& x) {
      auto batch = std::make_shared<thumbnail_batch>();
      batch->respond = respond;
      for (auto id : images) {
        auto one = each;
        one.image = id;
        one.wish.who = {0, {}, now_ms() + 60'000, x->gone};
        batch->wanted.push_back(std::move(one));
      }
      batch->drawn.assign(images.size(), caf::make_error(errc::unavailable));
      for (size_t i = 0; i < std::min(images.size(), thumbnails_at_once); ++i)
        ask_for_next(c, batch);
    });
}

std::string data_uri(const encoded_image& p) {
  return "data:" + p.mime + ";base64," + to_base64({p.bytes.data(), p.bytes.size()});
}

} // namespace troupe::http
