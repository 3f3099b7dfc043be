// A reader whose planes are projections of the stack: whatever draws planes draws them.

#pragma once

#include "storage/formats/reader.hpp"
#include "storage/render/project.hpp"

namespace troupe::render {

/// Made without arguments: none.
struct z_projection {
  projection how = projection::max;
  z_range z{0, -1};
  explicit operator bool() const { return z.start <= z.end; }
  bool operator==(const z_projection&) const = default;
};
template <class Inspector>
auto inspect(Inspector& f, z_projection& x) {
  return f(x.how, x.z);
}

/// Belongs to one request and one thread. The z of a block does not matter.
class projected_reader : public formats::reader {
public:
  /// @param from  outlives it.
  /// @param most_bytes  of samples that may be read in all.
  projected_reader(formats::reader& from, const z_projection& how, int64_t most_bytes,
                   profile rules = profile::fixed)
    : from_{from},
      how_{how},
      bytes_left_{most_bytes},
      rules_{rules} {}
  const formats::description& describe() const override { return from_.describe(); }
  /// @throws also failure{too_large} beyond `most_bytes`, and as projected_planes().
  std::vector<raw_plane> read(const formats::block& b) override;

private:
  void pay(const formats::block& b, pixel_type type, size_t planes);

  formats::reader& from_;
  z_projection how_;
  int64_t bytes_left_;
  profile rules_;
};

} // namespace troupe::render
