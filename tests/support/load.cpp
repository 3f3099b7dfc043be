#include "tests/support/load.hpp"

#include <fmt/format.h>

namespace troupe::test {

load::load(const api& who, std::vector<std::string> paths, size_t threads)
  : paths_{std::move(paths)} {
  for (size_t i = 0; i < threads; ++i)
    threads_.emplace_back([this, who, i] { ask(who, i); });
}

load::~load() {
  enough_ = true;
  for (auto& t : threads_)
    t.join();
}

void load::ask(api who, size_t first) {
  for (auto i = first; !enough_; ++i)
    note(who.get(paths_[i % paths_.size()]));
}

void load::note(const answer& a) {
  if (a.status == 200) {
    ++served_;
  } else if (a.status == 503 && a.has("Retry-After")) {
    ++put_off_;
    std::this_thread::sleep_for(5ms); // as a client would, only sooner
  } else {
    const std::lock_guard lock{mutex_};
    ++surprises_[fmt::format("{} {}", a.status, a.body.substr(0, 200))];
  }
}

std::map<std::string, int> load::surprises() const {
  const std::lock_guard lock{mutex_};
  return surprises_;
}

bool load::serves(int64_t n) const {
  const auto goal = served_ + n;
  return comes_true([&] { return served_ >= goal; });
}

std::vector<std::string> usual_requests(int64_t image) {
  std::vector<std::string> out{"/api/v1/projects", "/api/v1/images", "/api/v1/session",
                               fmt::format("/api/v1/images/{}", image)};
  for (int i = 1; i <= 40; ++i) {
    out.push_back(fmt::format(
      "/api/v1/images/{}/tile?level=0&x=0&y=0&z=0&t=0&c=1%7C0:{}$FFFFFF", image, i * 5));
    if (i % 4 == 0)
      out.push_back(fmt::format("/api/v1/images/{}/thumbnail?size={}", image, 30 + i));
  }
  return out;
}

} // namespace troupe::test
