#include "storage/derive/build.hpp"

#include "storage/derive/cascade.hpp"
#include "storage/derive/cells.hpp"
#include "storage/derive/checkpoint.hpp"
#include "storage/derive/parallel.hpp"
#include "storage/failure.hpp"
#include "storage/files/descriptor.hpp"
#include "storage/files/fault_point.hpp"

#include <algorithm>

namespace troupe::derive {
namespace {

namespace fs = std::filesystem;
using clock = std::chrono::steady_clock;

fs::path unfinished(const fs::path& folder) {
  return folder.string() + ".part";
}

void remove_work(const fs::path& folder) {
  std::error_code error;
  fs::remove_all(folder, error);
  if (error)
    throw failure{errc::unavailable, folder.string() + ": " + error.message()};
}

pyramid_plan needed_plan(const build_request& what) {
  if (auto plan = plan_of(*what.from, what.series))
    return *plan;
  throw failure{errc::bad_request, "this image needs no pyramid"};
}

class construction {
public:
  construction(const build_request& what, const source_stamp& source,
               const std::function<void(double)>& progress)
    : what_{what},
      source_{source},
      progress_{progress},
      folder_{unfinished(what.folder)},
      plan_{needed_plan(what)},
      at_{load(source, folder_)},
      file_{plan_, folder_ / pyramid_name, at_.file},
      levels_{plan_, file_, what.threads},
      shared_tiles_{useful_cache(plan_)},
      counters_(what.threads,
                sample_counter{plan_.type, plan_.groups * plan_.cut.samples}) {
    if (!at_.counts.is_null())
      counters_[0].restore(at_.counts);
    for (size_t i = 0; i < what.threads; ++i)
      readers_.push_back(std::make_unique<cell_reader>(*what.from, plan_, shared_tiles_));
  }

  pyramid_meta finish() {
    for (; at_.page < plan_.pages(); ++at_.page, at_.rows = 0) {
      levels_.begin(at_.page, at_.rows);
      while (at_.rows < plan_.source.height) {
        read_step();
        levels_.flush();
        fault_point("derive.flushed");
        report();
      }
    }
    pyramid_meta meta{source_, plan_.first_level(), plan_.levels, statistics()};
    file_.finish();
    fault_point("derive.finished");
    return meta;
  }

private:
  void read_step() {
    const auto end = static_cast<int32_t>(
      std::min<int64_t>(plan_.source.height, int64_t{at_.rows} + levels_.step()));
    const auto page = page_of(plan_, at_.page);
    const auto cells = cells_between(plan_, at_.rows, end);
    in_parallel(what_.threads, cells.size(), [&](size_t i, size_t thread) {
      const auto pixels = readers_[thread]->read(page, cells[i]);
      if (plan_.source_level == 0)
        counters_[thread].add(page.group * plan_.cut.samples, pixels);
      levels_.take(cells[i], pixels);
    });
    at_.rows = end;
  }

  void report() {
    progress_((static_cast<double>(at_.page)
               + static_cast<double>(at_.rows) / plan_.source.height)
              / static_cast<double>(plan_.pages()));
    if (clock::now() - saved_ < what_.checkpoint_every)
      return;
    at_.file = file_.save();
    at_.counts = counted().save();
    save(at_, source_, folder_);
    saved_ = clock::now();
    fault_point("derive.saved");
  }

  sample_counter counted() const {
    auto sum = counters_[0];
    for (size_t i = 1; i < counters_.size(); ++i)
      sum.merge(counters_[i]);
    return sum;
  }

  std::vector<channel_statistics> statistics() const {
    std::vector<channel_statistics> all;
    if (plan_.source_level != 0)
      return all;
    const auto sum = counted();
    for (int32_t c = 0; c < plan_.groups * plan_.cut.samples; ++c)
      all.push_back(sum.of(c));
    return all;
  }

  const build_request& what_;
  const source_stamp& source_;
  const std::function<void(double)>& progress_;
  fs::path folder_;
  pyramid_plan plan_;
  checkpoint at_;
  pyramid_file file_;
  cascade levels_;
  formats::tile_cache shared_tiles_;
  std::vector<sample_counter> counters_; ///< one per thread
  std::vector<std::unique_ptr<cell_reader>> readers_;
  clock::time_point saved_ = clock::now();
};

} // namespace

pyramid_meta build(const build_request& what,
                   const std::function<void(double)>& progress) {
  const auto source = stamp_of(what.file, what.series);
  if (auto made = read_meta(what.folder); made && made->source == source)
    return *made;
  remove_work(what.folder);
  const auto part = unfinished(what.folder);
  fs::create_directories(part);
  auto meta = construction{what, source, progress}.finish();
  write_meta(meta, part);
  sync_folder(part);
  fs::rename(part, what.folder);
  fault_point("derive.renamed");
  sync_folder(what.folder.parent_path());
  return meta;
}

void remove(const fs::path& folder) {
  remove_work(folder);
  remove_work(unfinished(folder));
}

} // namespace troupe::derive
