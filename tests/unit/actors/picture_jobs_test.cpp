#include "actors/picture_jobs.hpp"
#include "actors/sample_questions.hpp"

#include "storage/failure.hpp"

#include <doctest/doctest.h>

using namespace troupe;

namespace {

/// A slide of 256-pixel tiles, 1000 x 600 and half of it.
image_grant slide() {
  image_grant g{.image = 7, .size = {1000, 600, 3, 1, 2}};
  g.levels = {{1000, 600}, {500, 300}};
  g.tile = {256, 256};
  g.settings.channels.push_back({.index = 0});
  return g;
}

} // namespace

TEST_CASE("picture jobs: tiles are the file's own where they suit a screen") {
  CHECK(tiles_of({256, 256}) == extent{256, 256});
  CHECK(tiles_of({128, 1024}) == extent{128, 1024});
  CHECK(tiles_of({64, 64}) == extent{512, 512});
  CHECK(tiles_of({40'000, 1}) == extent{512, 512});
  CHECK(tiles_of({2048, 2048}) == extent{512, 512});
}

TEST_CASE("picture jobs: a tile is cut from its level, at the edge as well") {
  CHECK(job_of(slide(), view_tile{.column = 1, .row = 1}).where
        == region{256, 256, 256, 256});
  const auto edge = job_of(slide(), view_tile{.level = 1, .column = 1, .row = 1});
  CHECK(edge.level == 1);
  CHECK(edge.where == region{256, 256, 244, 44});
  CHECK_THROWS_AS(job_of(slide(), view_tile{.column = 4}), failure);
  CHECK_THROWS_AS(job_of(slide(), view_tile{.level = 2}), failure);
}

TEST_CASE("picture jobs: a scaled region comes from the level that has just enough") {
  view_scaled m{.where = {512, 0, 999, 512}, .finish = {.size = {244, 256}}};
  const auto tile = job_of(slide(), m);
  CHECK(tile.level == 1);
  CHECK(tile.where == region{256, 0, 244, 256});
  CHECK(tile.key()
        == job_of(slide(), view_tile{.level = 1, .column = 1, .row = 0}).key());
  m.finish = {.size = {122, 128}, .quarter_turns = 1};
  const auto smaller = job_of(slide(), m);
  CHECK(smaller.where == tile.where);
  CHECK(smaller.finish == m.finish);
  CHECK(smaller.key() != tile.key());
  m.finish.size = {20'000, 20'000};
  CHECK_THROWS_AS(job_of(slide(), m), failure);
  m.finish.size = {};
  CHECK_THROWS_AS(job_of(slide(), m), failure);
}

TEST_CASE("picture jobs: a quality asked for is another answer than none") {
  view_tile plain, wanted;
  wanted.wish.quality = 0.85;
  CHECK(job_of(slide(), plain).key() != job_of(slide(), wanted).key());
}

TEST_CASE("picture jobs: a projection takes all sections, or those asked for") {
  view_plane all;
  all.wish.project = projection_wish{render::projection::mean, {}};
  CHECK(job_of(slide(), all).project.z == render::z_range{0, 2});
  all.wish.project->sections = {1, 2};
  const auto some = job_of(slide(), all);
  CHECK(some.project.z == render::z_range{1, 2});
  CHECK(some.key() != job_of(slide(), view_plane{}).key());
}

TEST_CASE("sample jobs: a histogram needs a level that can be counted") {
  CHECK(job_of(slide(), view_histogram{}).level == 0);
  auto large = slide();
  large.levels = {{10'000, 6000}, {2500, 1500}};
  CHECK(job_of(large, view_histogram{}).level == 1);
  CHECK_THROWS_AS(job_of(large, view_histogram{.level = 0}), failure);
  CHECK_THROWS_AS(job_of(slide(), view_histogram{.channel = 1}), failure);
  CHECK_THROWS_AS(job_of(slide(), view_histogram{.bins = 0}), failure);
  large.levels.pop_back();
  CHECK_THROWS_AS(job_of(large, view_histogram{}), failure);
  CHECK(contrast_job(large).where == region{3404, 1404, 3192, 3192});
}

TEST_CASE("sample jobs: a line runs across the image, a shape reads its bounds") {
  CHECK(job_of(slide(), view_line{.position = 599}).where == region{0, 599, 1000, 1});
  CHECK_THROWS_AS(job_of(slide(), view_line{.position = 600}), failure);
  measure_shape box;
  box.shape = measurement::rectangle{10, 20, 5, 6};
  CHECK(job_of(slide(), box).where == measurement::bounds_of(box.shape, {1000, 600}));
  box.shape = measurement::rectangle{-100, -100, 5, 6};
  CHECK(job_of(slide(), box).where == region{});
}

TEST_CASE("sample jobs: of many shapes each reads its own bounds, plane and channel") {
  const measurement::shape box = measurement::rectangle{10, 20, 5, 6};
  measure_shapes many;
  many.shapes = {{box, 0, 0, 0}, {measurement::rectangle{-100, -100, 5, 6}, {}, {}, {}}};
  const auto job = job_of(slide(), many);
  const auto& all = std::get<shapes_to_measure>(job.how);
  REQUIRE(all.size() == 2);
  CHECK(all[0].where == measurement::bounds_of(box, {1000, 600}));
  CHECK(all[0].channels == std::vector<int32_t>{0});
  CHECK(all[1].where == region{});
  many.shapes = {{box, 99, 0, 0}};
  CHECK_THROWS_AS(job_of(slide(), many), failure);
  many.shapes.assign(1000, {measurement::rectangle{0, 0, 1000, 600}, {}, {}, {}});
  CHECK_THROWS_AS(job_of(slide(), many), failure);
  measurement::polygon edgy;
  for (int i = 0; i < 100'000; ++i)
    edgy.points.push_back({static_cast<double>(i % 2 * 1000), i * 0.006});
  many.shapes = {{edgy, {}, {}, {}}};
  CHECK_THROWS_AS(job_of(slide(), many), failure);
}

TEST_CASE("measurements: many shapes, one after the other, each from its plane") {
  measure_pixels job;
  job.how =
    shapes_to_measure{{measurement::rectangle{0, 0, 2, 1}, {2, 0}, {0, 1}, {0, 0, 2, 1}},
                      {measurement::point{1, 0}, {0, 3}, {1}, {0, 0, 2, 1}}};
  const auto found = measure_each(job, [](const measure_pixels& one, int32_t c) {
    const auto first = static_cast<uint8_t>(10 * one.at.z + one.at.t + c);
    return raw_plane{2, 1, pixel_type::uint8,
                     shared_bytes{{first, static_cast<uint8_t>(first + 1)}}};
  });
  REQUIRE(found.shapes.size() == 2);
  CHECK(found.shapes[0].at == plane_index{2, 0});
  REQUIRE(found.shapes[0].found.channels.size() == 2);
  CHECK(found.shapes[0].found.channels[0].found.sum == 41);
  CHECK(found.shapes[0].found.channels[1].found.sum == 43);
  CHECK(found.shapes[1].found.channels.at(0).index == 1);
  CHECK(found.shapes[1].found.channels[0].found.mean == 5);
  job.who.gone = gone_flag::make();
  job.who.gone.set();
  CHECK_THROWS_AS(measure_each(job, {}), failure);
}

TEST_CASE("measurements: each kind of answer from the same samples") {
  const raw_plane plane{4, 1, pixel_type::uint8, shared_bytes{{2, 4, 4, 6}}};
  measure_pixels job{.channels = {3}, .where = {0, 0, 4, 1}};
  const auto measured = [&](auto how) {
    job.how = std::move(how);
    return measure_planes(job, [&](int32_t) { return plane; }).what;
  };
  const auto counts = std::get<sample_counts>(measured(count_samples{2, {}}));
  CHECK(counts.counts == std::vector<int64_t>{1, 3});
  CHECK(counts.range == render::sample_range{2, 6});
  const auto lines = std::get<sample_lines>(measured(list_samples{}));
  CHECK(lines.lines.at(0).channel == 3);
  CHECK(lines.lines[0].samples == std::vector<double>{2, 4, 4, 6});
  const measurement::shape box = measurement::rectangle{1, 0, 2, 1};
  const auto found = std::get<shape_statistics>(measured(box)).channels.at(0).found;
  CHECK(found.points == 2);
  CHECK(found.mean == 4);
  CHECK(std::get<contrast>(measured(stretch_contrast{})).at(0).second
        == render::sample_range{2, 6});
}
