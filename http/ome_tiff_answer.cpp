#include "http/ome_tiff_answer.hpp"

#include "http/file_answer.hpp"
#include "storage/export/archive_names.hpp"
#include "storage/export/ome_tiff.hpp"
#include "storage/export/ome_xml.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/files/managed.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <poll.h>
#include <thread>
#include <unistd.h>

namespace troupe::http {

namespace {

using namespace std::chrono_literals;

constexpr int64_t largest_inside = 1 << 20,
                  most_inside = 16 << 20; // bytes of attachments
constexpr auto retry_pause = 200ms;       ///< when the queue is full or a room restarts
constexpr auto persistence = 20s;         ///< how long that may last

bool has_left(int socket) {
  pollfd watched{socket, POLLRDHUP, 0};
  return ::poll(&watched, 1, 0) > 0 && watched.revents;
}

class ome_tiff_stream final : public body_stream {
public:
  ome_tiff_stream(desk& d, const web_request& in, int64_t image,
                  std::shared_ptr<const exports::ome_tiff> file, uint64_t offset,
                  uint64_t bytes)
    : desk_{d},
      asker_{in},
      image_{image},
      file_{std::move(file)},
      offset_{offset},
      length_{bytes},
      end_{offset + bytes} {
    asker_.body = nullptr;
  }

  uint64_t length() const override { return length_; }

  shared_bytes next() override {
    try {
      auto piece = file_->read(offset_, [this](auto& run) { return samples_of(run); });
      if (piece.size() > end_ - offset_)
        piece = shared_bytes{{piece.data(), piece.data() + (end_ - offset_)}};
      offset_ += piece.size();
      return piece;
    } catch (const std::exception& e) {
      spdlog::info("download broken off image={} req={} reason=\"{}\"", image_, asker_.id,
                   e.what());
      throw;
    }
  }

private:
  std::vector<raw_plane> samples_of(const exports::tile_run& run) {
    std::vector<raw_plane> planes;
    for (int32_t c = 0; c < run.channels; ++c)
      planes.push_back(
        plane_of({image_, run.at, run.channel + c, run.level, run.where, {}}));
    return planes;
  }

  raw_plane plane_of(const view_samples& wanted) {
    const auto give_up = std::chrono::steady_clock::now() + persistence;
    for (;;) {
      const auto answer = desk_.ask_session(asker_, wanted, [](const encoded_image& p) {
        return web_response{.bytes = p.bytes};
      });
      if (answer.status == 200)
        return {wanted.where->width, wanted.where->height, {}, answer.bytes};
      if (has_left(asker_.socket))
        throw failure{errc::gone, "the client left"};
      if (answer.status != 503 || std::chrono::steady_clock::now() > give_up)
        throw failure{errc::unreadable, answer.text};
      std::this_thread::sleep_for(retry_pause);
    }
  }

  desk& desk_;
  web_request asker_;
  int64_t image_;
  std::shared_ptr<const exports::ome_tiff> file_;
  uint64_t offset_, length_, end_;
};

shared_bytes attached_bytes(const std::filesystem::path& path, size_t size) {
  const auto file = open_for_reading(path);
  std::vector<uint8_t> bytes(size);
  for (size_t at = 0; at < size;) {
    const auto got =
      ::pread(file.get(), bytes.data() + at, size - at, static_cast<off_t>(at));
    if (got <= 0)
      throw failure{errc::unreadable, "an attachment is cut short"};
    at += static_cast<size_t>(got);
  }
  return shared_bytes{std::move(bytes)};
}

/// Small attachments travel inside, large ones would make the head endless.
void add_attachments(const std::filesystem::path& data, exported_image& image) {
  int64_t all = 0;
  for (auto& f : image.files) {
    if (f.bytes > largest_inside || all + f.bytes > most_inside)
      continue;
    all += f.bytes;
    auto& to = image.about.annotations.at(f.annotation).value;
    if (auto* file = std::get_if<metadata::attachment>(&to))
      file->bytes = attached_bytes(data / managed_directory::attachment_file(f.sha256),
                                   static_cast<size_t>(f.bytes));
  }
}

/// "cells.ome.tif", whatever the image is called.
std::string ome_tiff_name(std::string name) {
  for (std::string_view end : {".tiff", ".tif", ".ome"})
    if (name.size() > end.size() && name.ends_with(end))
      name.resize(name.size() - end.size());
  return exports::safe_part(name) + ".ome.tif";
}

} // namespace

web_response ome_tiff_answer(desk& d, const web_request& in, exported_image image) {
  add_attachments(d.config.data, image);
  auto xml =
    exports::write_ome_xml(image.what, image.about, exports::pixel_place::this_tiff);
  auto tag = sha256_of(xml);
  auto file = std::make_shared<const exports::ome_tiff>(image.what, std::move(xml));
  return ranged_answer(
    {"image/tiff", ome_tiff_name(image.what.name),
     fmt::format("{}-{}", to_hex(tag).substr(0, 32), file->bytes()), file->bytes()},
    range_wish{in}, [&](uint64_t offset, uint64_t bytes) {
      return std::make_shared<ome_tiff_stream>(d, in, image.id, file, offset, bytes);
    });
}

} // namespace troupe::http
