#include "http/open/scaled_picture.hpp"

#include "http/encode.hpp"

namespace troupe::http {

namespace {

/// May be kept, but not by others, and is asked for again after a while.
web_response answer_to(const picture_order& order, const encoded_image& p) {
  auto out = encode(p);
  out.headers.emplace_back("Cache-Control", "private, max-age=60");
  out.headers.insert(out.headers.end(), order.headers.begin(), order.headers.end());
  return out;
}

} // namespace

web_response scaled_picture(desk& d, web_request& in, int64_t image,
                            std::function<picture_order(const image_grant&)> order) {
  return d.converse(
    in, true, [=](const conversation& c, const std::shared_ptr<rendezvous>& x) {
      c.ask(c.session, grant_image{.image = image}, [=](const image_grant& g) {
        auto made = order(g);
        made.what.image = image;
        made.what.wish.who = {0, {}, now_ms() + 60'000, x->gone};
        c.ask(c.session, made.what, [c, made](const encoded_image& p) {
          c.answer([made, p] { return answer_to(made, p); });
        });
      });
    });
}

} // namespace troupe::http
