#include "storage/formats/tiff_memo.hpp"

#include "storage/failure.hpp"
#include "storage/formats/number_runs.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace troupe::formats {
namespace {

using nlohmann::json;

[[noreturn]] void refuse_memo() {
  throw failure{errc::unreadable, "a memo is damaged"};
}

json pages_in_json(const std::vector<tiff_page>& pages) {
  std::vector<int64_t> files, shapes, offsets, further, counts, levels;
  for (auto& page : pages) {
    files.push_back(page.file);
    shapes.push_back(page.shape);
    offsets.push_back(static_cast<int64_t>(page.offset));
    further.push_back(static_cast<int64_t>(page.further));
    counts.push_back(std::ssize(page.levels));
    for (auto level : page.levels)
      levels.push_back(static_cast<int64_t>(level));
  }
  return {{"file", runs_of(files)},       {"shape", runs_of(shapes)},
          {"offset", runs_of(offsets)},   {"further", runs_of(further)},
          {"levels_of", runs_of(counts)}, {"level", runs_of(levels)}};
}

std::vector<tiff_page> pages_of_json(const json& j) {
  const auto files = numbers_of(j.at("file")), shapes = numbers_of(j.at("shape")),
             offsets = numbers_of(j.at("offset")), further = numbers_of(j.at("further")),
             counts = numbers_of(j.at("levels_of")), levels = numbers_of(j.at("level"));
  for (auto* list : {&shapes, &offsets, &further, &counts})
    if (list->size() != files.size())
      refuse_memo();
  std::vector<tiff_page> pages(files.size());
  auto level = levels.begin();
  for (size_t i = 0; i < pages.size(); ++i) {
    if (counts[i] < 0 || counts[i] > levels.end() - level)
      refuse_memo();
    pages[i] = {static_cast<int32_t>(files[i]),
                static_cast<int32_t>(shapes[i]),
                static_cast<uint64_t>(offsets[i]),
                static_cast<uint64_t>(further[i]),
                {level, level + counts[i]}};
    level += counts[i];
  }
  return pages;
}

json stack_in_json(const tiff_stack& s) {
  auto cuts = json::array();
  for (auto& level : s.levels)
    cuts.push_back({level.cut.tile.width, level.cut.tile.height, level.cut.samples});
  return {{"groups", s.planes.groups},
          {"samples", s.planes.samples},
          {"pages", runs_of({s.planes.pages.begin(), s.planes.pages.end()})},
          {"cuts", std::move(cuts)}};
}

tiff_stack stack_of_json(const json& j, const series& what, const tiff_pages& pages) {
  tiff_stack s{what.type, {what.size.z, j.at("groups"), j.at("samples"), {}}};
  for (auto page : numbers_of(j.at("pages"))) {
    if (page < no_page || page >= pages.count())
      refuse_memo();
    s.planes.pages.push_back(static_cast<int32_t>(page));
  }
  const auto& cuts = j.at("cuts");
  if (cuts.size() != what.levels.size()
      || s.planes.groups * s.planes.samples != what.size.c
      || s.planes.pages.size()
           != s.planes.index(0, 0, 1) * static_cast<size_t>(what.size.t))
    refuse_memo();
  for (size_t i = 0; i < cuts.size(); ++i)
    s.levels.push_back({what.levels[i], {{cuts[i].at(0), cuts[i].at(1)}, cuts[i].at(2)}});
  return s;
}

/// The kinds of pages, each from the first page that is of it.
void describe_shapes(tiff_structure& all) {
  tiff_files files{all.folder, all.files};
  auto& pages = all.pages;
  for (auto& page : pages.pages) {
    if (page.file < 0 || page.file >= std::ssize(all.files) || page.shape < 0
        || page.shape > std::ssize(pages.shapes))
      refuse_memo();
    if (page.shape < std::ssize(pages.shapes))
      continue;
    auto& file = files.open(page.file);
    file.enter(page.offset);
    pages.shapes.push_back(describe_directory(file, pages.keep_palette).shape);
  }
}

} // namespace

json memo_of(const tiff_structure& all) {
  auto files = json::array(), images = json::array();
  for (auto& f : all.files)
    files.push_back({f.name, f.bytes});
  for (auto& image : all.images)
    images.push_back(stack_in_json(image));
  return {{"files", std::move(files)},
          {"keep_palette", all.pages.keep_palette},
          {"pages", pages_in_json(all.pages.pages)},
          {"images", std::move(images)}};
}

tiff_structure recall_structure(const std::filesystem::path& main,
                                const description& what, const json& memo) {
  tiff_structure all;
  all.folder = main.parent_path();
  for (auto& f : memo.at("files"))
    all.files.push_back({f.at(0), f.at(1)});
  all.pages.keep_palette = memo.at("keep_palette");
  all.pages.pages = pages_of_json(memo.at("pages"));
  describe_shapes(all);
  const auto& images = memo.at("images");
  if (images.size() != what.images.size())
    refuse_memo();
  for (size_t i = 0; i < images.size(); ++i)
    all.images.push_back(stack_of_json(images[i], what.images[i], all.pages));
  return all;
}

} // namespace troupe::formats
