#include "storage/failure.hpp"
#include "storage/formats/tiff.hpp"
#include "storage/formats/tiff_blocks.hpp"
#include "storage/formats/tiff_contents.hpp"
#include "storage/formats/tiff_facts.hpp"

#include <algorithm>
#include <unordered_map>

namespace troupe::formats {
namespace {

/// Requested channels that one page carries.
struct wanted_page {
  int32_t group = 0;
  std::vector<int32_t> samples; // of the page
  std::vector<size_t> answers;  // where they go in the answer
};

std::vector<wanted_page> pages_for(const tiff_image& image,
                                   const std::vector<int32_t>& channels) {
  std::vector<wanted_page> result;
  for (size_t i = 0; i < channels.size(); ++i) {
    const auto group = channels[i] / image.samples;
    auto found = std::find_if(result.begin(), result.end(),
                              [&](const wanted_page& w) { return w.group == group; });
    if (found == result.end())
      found = result.insert(result.end(), wanted_page{group, {}, {}});
    found->samples.push_back(channels[i] % image.samples);
    found->answers.push_back(i);
  }
  return result;
}

raw_plane black(const series& s, const region& where) {
  const auto bytes = static_cast<size_t>(where.width) * static_cast<size_t>(where.height)
                     * bytes_of(s.type);
  return {where.width, where.height, s.type, shared_bytes{shared_bytes::vector(bytes)}};
}

class tiff_reader : public reader {
public:
  explicit tiff_reader(const std::filesystem::path& path) : file_{path}, blocks_{file_} {
    auto found = read_pages(file_);
    auto contents = is_ome(found.text)      ? arrange_ome(found, file_.name())
                    : is_imagej(found.text) ? arrange_imagej(found, file_)
                                            : arrange_plain(found);
    pages_ = std::move(found.pages);
    images_ = std::move(contents.images);
    description_.format = contents.format;
    file_.enter(pages_.front().offset);
    description_.facts = tiff_facts(file_);
    description_.facts.insert(description_.facts.end(), contents.facts.begin(),
                              contents.facts.end());
    for (auto& image : images_) {
      find_levels(image);
      description_.images.push_back(std::move(image.what));
      image.what = {};
      image.what.size = description_.images.back().size;
    }
  }

  const description& describe() const override { return description_; }
  int64_t held_bytes() const override { return blocks_.held_bytes(); }

  std::vector<raw_plane> read(const block& b) override {
    const auto& what = check_block(description_, b);
    const auto& image = images_[static_cast<size_t>(b.series)];
    std::vector<raw_plane> answer(b.channels.size());
    for (auto& w : pages_for(image, b.channels)) {
      const auto page = image.pages[image.plane(b.at.z, w.group, b.at.t)];
      std::vector<raw_plane> planes;
      if (page == no_page)
        planes.assign(w.samples.size(), black(what, b.where));
      else
        planes = blocks_.read(directory(page, b.level, what), w.samples, b.where);
      for (size_t i = 0; i < w.answers.size(); ++i) {
        answer[w.answers[i]] = std::move(planes[i]);
        answer[w.answers[i]].type = what.type;
      }
    }
    return answer;
  }

private:
  /// The levels of the first plane are those of the image: ever smaller, same samples.
  void find_levels(tiff_image& image) {
    for (auto index : image.pages) {
      if (index == no_page)
        continue;
      const auto& page = pages_[static_cast<size_t>(index)];
      for (auto offset : page.levels) {
        const auto& small = level_at(offset, page);
        const auto last = image.what.levels.back();
        if (small.type != page.type || small.samples != page.samples
            || small.size.width > last.width || small.size.height > last.height
            || small.size == last)
          break;
        image.what.levels.push_back(small.size);
      }
      break;
    }
  }

  const tiff_directory& level_at(uint64_t offset, const tiff_directory& page) {
    if (auto found = levels_.find(offset); found != levels_.end())
      return found->second;
    file_.enter(offset);
    const auto keep_palette = page.coding.palette.empty();
    return levels_.emplace(offset, describe_directory(file_, keep_palette)).first->second;
  }

  const tiff_directory& directory(int32_t page, int32_t level, const series& what) {
    const auto& full = pages_[static_cast<size_t>(page)];
    if (level == 0)
      return full;
    const auto index = static_cast<size_t>(level) - 1;
    if (index < full.levels.size()) {
      const auto& small = level_at(full.levels[index], full);
      if (small.size == what.levels[static_cast<size_t>(level)] && small.type == full.type
          && small.samples == full.samples)
        return small;
    }
    throw failure{errc::unreadable, "a plane lacks one of the resolution levels"};
  }

  tiff_file file_;
  tiff_blocks blocks_;
  description description_;
  std::vector<tiff_directory> pages_;
  std::vector<tiff_image> images_; // sizes and pages; the rest moved to description_
  std::unordered_map<uint64_t, tiff_directory> levels_;
};

} // namespace

bool detect_tiff(std::span<const uint8_t> head) {
  if (head.size() < 4)
    return false;
  const std::string_view magic{reinterpret_cast<const char*>(head.data()), 4};
  return magic == std::string_view{"II*\0", 4} || magic == std::string_view{"MM\0*", 4}
         || magic == std::string_view{"II+\0", 4}
         || magic == std::string_view{"MM\0+", 4};
}

std::unique_ptr<reader> open_tiff(const std::filesystem::path& file) {
  return std::make_unique<tiff_reader>(file);
}

} // namespace troupe::formats
