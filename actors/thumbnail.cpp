#include "actors/thumbnail.hpp"

#include "actors/byte_cache.hpp"
#include "actors/digest.hpp"
#include "actors/plane_render.hpp"
#include "actors/worker_thread.hpp"
#include "storage/encode/encode.hpp"
#include "storage/files/managed.hpp"
#include "storage/render/overview.hpp"

#include <fmt/format.h>

#include <fstream>
#include <thread>

namespace troupe {

std::string draw_thumbnail::key() const {
  return digest(fmt::format("{}|{},{}|{},{}|{}|{}|{}|{}", key_of(source), at.z, at.t,
                            size.width, size.height, key_of(settings), significant_bits,
                            key_of(project), tables));
}

namespace {

namespace fs = std::filesystem;

/// The cache folder is a convenience: whatever goes wrong with it, the picture is drawn.
std::optional<encoded_image> read_cached(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  shared_bytes::vector bytes{std::istreambuf_iterator<char>{in}, {}};
  auto complete = bytes.size() > 4 && bytes[0] == 0xff && bytes[1] == 0xd8
                  && bytes[bytes.size() - 2] == 0xff && bytes.back() == 0xd9;
  if (!complete)
    return std::nullopt;
  return encoded_image{"image/jpeg", shared_bytes{std::move(bytes)}};
}

void write_cached(const fs::path& file, const encoded_image& image) {
  std::error_code ignored;
  fs::create_directories(file.parent_path(), ignored);
  auto aside = file;
  aside += fmt::format(".{}.tmp", ::gettid());
  {
    std::ofstream out{aside, std::ios::binary};
    out.write(reinterpret_cast<const char*>(image.bytes.data()),
              static_cast<std::streamsize>(image.bytes.size()));
    out.close();
    if (!out) {
      fs::remove(aside, ignored);
      return;
    }
  }
  fs::rename(aside, file, ignored);
}

render::picture picture_of(formats::reader& from, const draw_thumbnail& m,
                           const render::lut_library& tables) {
  auto draw = [&](formats::reader& planes) {
    return render::overview(planes, m.source.series, m.at, m.settings, m.significant_bits,
                            m.size, tables);
  };
  if (!m.project)
    return draw(from);
  render::projected_reader stack{from, m.project, max_projection_bytes,
                                 m.settings.profile};
  return draw(stack);
}

struct thumbnail_state : room_state {
  static inline const char* name = "thumbnail";
  thumbnail_state() = default;
  std::unique_ptr<
    dispatcher<thumbnail_actor::stateful_base<thumbnail_state>, draw_thumbnail>>
    queue;
  std::unique_ptr<byte_cache<encoded_image>> recent;
};

thumbnail_actor::behavior_type
thumbnail(thumbnail_actor::stateful_pointer<thumbnail_state> self, dispatcher_plan plan,
          fs::path folder, int64_t cache_bytes, std::shared_ptr<formats::shelves> shelves,
          std::shared_ptr<render::lut_shelf> tables) {
  auto& state = self->state;
  state.recent = std::make_unique<byte_cache<encoded_image>>(cache_bytes);
  using queue = typename decltype(state.queue)::element_type;
  state.queue = std::make_unique<queue>(
    self, std::move(plan),
    [folder, shelves, tables](auto* front, meter_ptr counted) {
      return front->template spawn<caf::detached>(thumbnail_worker, std::move(counted),
                                                  folder, shelves, tables);
    },
    [self](const std::string& key, const encoded_image& image) {
      self->state.recent->keep(key, image, static_cast<int64_t>(image.bytes.size()));
    });
  watch_workers(self, [self] { return self->state.queue.get(); });
  return room_behavior(
    self,
    [self](status_report& r) {
      self->state.queue->describe(r);
      auto& g = r.actors[0].gauges;
      g["cache.thumbnails.hits"] = self->state.recent->hits;
      g["cache.thumbnails.misses"] = self->state.recent->misses;
      g["cache.thumbnails.bytes"] = self->state.recent->bytes;
      g["cache.thumbnails.entries"] = self->state.recent->entries();
    },
    [self](const draw_thumbnail& m) -> caf::result<encoded_image> {
      if (auto* known = self->state.recent->find(m.key()))
        return *known;
      return self->state.queue->submit(m);
    });
}

} // namespace

thumbnail_worker_actor::behavior_type
thumbnail_worker(thumbnail_worker_actor::stateful_pointer<thumbnail_worker_state> self,
                 meter_ptr counted, fs::path folder,
                 std::shared_ptr<formats::shelves> shelves,
                 std::shared_ptr<render::lut_shelf> tables) {
  self->state.counted = std::move(counted);
  self->state.readers = formats::reader_cache{std::move(shelves)};
  self->state.tables = std::move(tables);
  self->state.folder = std::move(folder);
  yield_to_others();
  return {
    detail::measured(self, [self](const draw_thumbnail& m) -> caf::result<encoded_image> {
      auto key = m.key();
      auto file =
        self->state.folder / key.substr(0, 2) / key.substr(2, 2) / (key + ".jpg");
      auto image = read_cached(file);
      if (!image) {
        auto& reader = self->state.readers.open(m.source);
        image = encode(picture_of(reader, m, self->state.tables->current().tables),
                       image_format::jpeg);
        write_cached(file, *image);
      }
      image->size = m.size;
      image->etag = key;
      return *image;
    })};
}

room_actor start_thumbnail(start_context& at) {
  auto workers = std::max(1u, std::thread::hardware_concurrency());
  return at.offer(
    at.system.spawn(thumbnail,
                    dispatcher_plan{"thumbnail-worker", workers,
                                    static_cast<size_t>(at.config.queue_limit)},
                    managed_directory{at.config.data}.cache("thumbnails"),
                    at.config.thumbnail_cache_bytes, at.shelves, at.tables));
}

} // namespace troupe
