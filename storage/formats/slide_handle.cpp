#include "storage/formats/slide_handle.hpp"

#include "storage/failure.hpp"
#include "storage/text.hpp"

namespace troupe::formats {

void check_slide(openslide_t* slide) {
  if (const auto error = openslide_get_error(slide))
    throw failure{errc::unreadable, "not a valid slide: " + clean_text(error, 200)};
}

slide_ptr open_slide(const std::filesystem::path& main) {
  slide_ptr slide{openslide_open(main.c_str()), [](openslide_t* s) {
                    if (s)
                      openslide_close(s);
                  }};
  if (!slide)
    throw failure{errc::unreadable, "not a slide we know"};
  check_slide(slide.get());
  return slide;
}

slide_ptr slide_handle::get() const {
  const std::lock_guard lock{lock_};
  if (auto open = opened_.lock())
    return open;
  auto slide = open_slide(main_);
  opened_ = slide;
  return slide;
}

void slide_handle::drop() const {
  const std::lock_guard lock{lock_};
  opened_.reset();
}

} // namespace troupe::formats
