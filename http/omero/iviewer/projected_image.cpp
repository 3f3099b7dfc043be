#include "http/omero/iviewer/projected_image.hpp"

#include "schema/queries/images.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/view_settings.hpp"
#include "storage/export/ome_tiff.hpp"
#include "storage/export/ome_xml.hpp"
#include "storage/files/managed.hpp"

#include <fmt/format.h>

#include <thread>

namespace troupe::http::omero {

namespace {

using namespace std::chrono_literals;

constexpr double most_projected_bytes = 8e9;
constexpr auto import_pause = 50ms;    ///< between two looks at the import
constexpr auto import_patience = 600s; ///< how long it may take

const char* words_of(render::projection how) {
  switch (how) {
    case render::projection::max: return "maximum intensity";
    case render::projection::mean: return "mean intensity";
    case render::projection::sum: return "sum intensity";
  }
  return "";
}

/// "cell_proj.dv" of "cell.dv".
std::string projected_name(const std::string& name) {
  const auto folder_end = name.rfind('/');
  const auto dot = name.rfind('.');
  const bool has_end =
    dot != name.npos && dot > 0 && (folder_end == name.npos || dot > folder_end + 1);
  const auto stem = has_end ? name.substr(0, dot) : name;
  return stem + "_proj" + name.substr(stem.size());
}

std::string description_of(const image_details& from, const projected_image& what) {
  return fmt::format("{}\nImage:{}\nProjection: {}\nz-sections: {}-{}\ntimepoints: 1-{}",
                     from.entry.name, from.entry.id, words_of(what.how), what.first + 1,
                     what.last + 1, from.entry.size.t);
}

formats::series projected_series(const image_details& from) {
  formats::series s;
  s.name = projected_name(from.entry.name);
  s.acquired = from.entry.acquired;
  s.size = from.entry.size;
  s.size.z = 1;
  s.type = from.entry.type;
  s.significant_bits = from.significant_bits;
  s.physical_x = from.physical_x;
  s.physical_y = from.physical_y;
  s.time_increment = from.time_increment;
  for (auto& c : from.channels)
    s.channels.push_back({c.name, c.settings.color, c.emission, c.excitation});
  s.levels = {{s.size.x, s.size.y}};
  s.tile = from.tile;
  return s;
}

class projected_file {
public:
  projected_file(call& c, const image_details& from, const projected_image& what)
    : call_{c},
      what_{what},
      file_{projected_series(from), xml_of(projected_series(from))} {}

  int64_t bytes() const { return static_cast<int64_t>(file_.bytes()); }

  void write_to(const std::filesystem::path& path, arriving_digest& digest) {
    upload_writer out{path, 0};
    for (uint64_t at = 0; at < file_.bytes();) {
      const auto piece = file_.read(at, [this](auto& run) { return samples_of(run); });
      out.append(reinterpret_cast<const char*>(piece.data()), piece.size());
      digest.add(static_cast<int64_t>(at), reinterpret_cast<const char*>(piece.data()),
                 piece.size());
      at += piece.size();
    }
    out.finish();
  }

private:
  static std::string xml_of(const formats::series& s) {
    metadata::document about;
    about.images.emplace_back().channels.resize(s.channels.size());
    return exports::write_ome_xml(s, about, exports::pixel_place::this_tiff);
  }

  std::vector<raw_plane> samples_of(const exports::tile_run& run) {
    std::vector<raw_plane> out;
    for (int32_t c = 0; c < run.channels; ++c)
      out.push_back(projected(run, run.channel + c));
    return out;
  }

  raw_plane projected(const exports::tile_run& run, int32_t channel) {
    std::optional<render::projector> all;
    for (auto z = what_.first; z <= what_.last; ++z) {
      const auto found = call_.ask_room(view_samples{.image = what_.image,
                                                     .at = {z, run.at.t},
                                                     .channel = channel,
                                                     .where = run.where});
      const raw_plane plane{run.where.width, run.where.height, found.type, found.bytes};
      if (!all)
        all.emplace(what_.how, extent{run.where.width, run.where.height}, found.type);
      all->add({&plane, 1});
    }
    return all->result();
  }

  call& call_;
  const projected_image& what_;
  exports::ome_tiff file_;
};

void check_projection(const image_details& from, const projected_image& what) {
  const auto& size = from.entry.size;
  if (what.first < 0 || what.first > what.last || what.last >= size.z)
    throw failure{errc::bad_request,
                  fmt::format("sections {} to {}: the image has 0 to {}", what.first,
                              what.last, size.z - 1)};
  const auto bytes = double(size.x) * size.y * size.c * size.t
                     * (what.last - what.first + 1)
                     * static_cast<double>(bytes_of(from.entry.type));
  if (bytes > most_projected_bytes)
    throw failure{errc::too_large,
                  fmt::format("{:.0f} bytes would have to be read, at most {:.0f} are",
                              bytes, most_projected_bytes)};
}

/// @throws failure{unreadable} with the import's reason, {unavailable} when it takes
/// long.
int64_t image_of_import(call& c, int64_t import) {
  gate::blocking waits{*c.house.door};
  const auto give_up = std::chrono::steady_clock::now() + import_patience;
  while (std::chrono::steady_clock::now() < give_up) {
    const auto now = c.ask_room(watch_import{.import = import}).record;
    if (now.state == import_state::done && !now.files.at(0).images.empty())
      return now.files[0].images[0].id;
    if (now.state >= import_state::done)
      throw failure{errc::unreadable, "the projection was not imported: " + now.error};
    std::this_thread::sleep_for(import_pause);
  }
  throw failure{errc::unavailable, "the import takes too long, look for it later"};
}

/// What is left of a failed upload is nobody's.
int64_t import_projection(call& c, const image_details& from,
                          const projected_image& what) {
  projected_file file{c, from, what};
  const auto begun = c.ask_room(begin_import{
    .files = {{.path = safe_file_name(projected_name(from.entry.name)) + ".ome.tif",
               .bytes = file.bytes()}},
    .dataset = what.dataset ? std::to_string(*what.dataset) : ""});
  const auto import = begun.record.id;
  try {
    const auto slot = c.ask_room(find_upload{.import = import});
    file.write_to(slot.file, *slot.digest);
    c.ask_room(commit_import{.import = import});
  } catch (...) {
    c.ask_room(cancel_import{.import = import});
    throw;
  }
  return image_of_import(c, import);
}

} // namespace

int64_t save_projection(call& c, const projected_image& what) {
  const auto from = c.ask(find_image{.image = what.image});
  check_projection(from, what);
  c.in.group = from.group; // where it is made
  const auto made = import_projection(c, from, what);
  c.ask(change_objects{.ids = {made},
                       .name = projected_name(from.entry.name),
                       .description = description_of(from, what)});
  c.ask_room(paste_settings{.image = what.image, .targets = {made}});
  return made;
}

} // namespace troupe::http::omero
