// What samples say in numbers: histograms, lines, statistics of shapes.

#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "http/shape_json.hpp"
#include "http/statistics_json.hpp"
#include "schema/queries/histograms.hpp"

namespace troupe::http {

namespace {

web_response counted_plane(desk& d, web_request& in) {
  view_histogram m{.image = id_in_path(in, "image"),
                   .channel = required_number(in, "c"),
                   .z = number(in, "z"),
                   .t = number(in, "t"),
                   .level = number(in, "level")};
  m.bins = number_or(in, "bins", m.bins);
  return d.ask_session(in, m, [](const sample_counts& r) {
    return document({{"channel", r.channel},
                     {"whole", false},
                     {"exact", r.level == 0},
                     {"level", r.level},
                     {"z", r.at.z},
                     {"t", r.at.t},
                     {"min", number_or_null(r.range.first)},
                     {"max", number_or_null(r.range.second)},
                     {"counts", r.counts}});
  });
}

/// As it was counted when the image was read.
web_response stored_histogram(const find_histogram& q, const derive::histogram& h) {
  return document({{"channel", q.channel},
                   {"whole", true},
                   {"exact", h.exact},
                   {"level", nullptr},
                   {"z", nullptr},
                   {"t", nullptr},
                   {"min", number_or_null(h.from)},
                   {"max", number_or_null(h.to)},
                   {"counts", h.counts}});
}

/// Of the whole image when no plane, level or other number of bins is asked for and there
/// is one; else of a plane, counted now.
web_response histogram(desk& d, web_request& in) {
  if (number(in, "z") || number(in, "t") || number(in, "level")
      || number_or(in, "bins", measurement::default_bins) != measurement::default_bins)
    return counted_plane(d, in);
  const find_histogram q{
    .who = {}, .image = id_in_path(in, "image"), .channel = required_number(in, "c")};
  auto absent = std::make_shared<bool>(false);
  auto answer = d.ask_catalogue(in, q, [q, absent](const find_histogram::reply& found) {
    *absent = !found;
    return found ? stored_histogram(q, *found) : web_response{};
  });
  return *absent ? counted_plane(d, in) : answer;
}

web_response line(desk& d, web_request& in) {
  auto row = number(in, "row"), column = number(in, "column");
  if (row.has_value() == column.has_value())
    throw failure{errc::bad_request, "row or column is needed, and not both"};
  view_line m{.image = id_in_path(in, "image"),
              .z = number(in, "z"),
              .t = number(in, "t"),
              .channel = number(in, "c"),
              .along = row ? measurement::axis::row : measurement::axis::column,
              .position = row ? *row : *column};
  return d.ask_session(in, m, [](const sample_lines& r) {
    auto channels = json::array();
    for (auto& l : r.lines) {
      auto samples = json::array();
      for (auto x : l.samples)
        samples.push_back(number_or_null(x));
      channels.push_back({{"channel", l.channel}, {"samples", std::move(samples)}});
    }
    return document({{"channels", std::move(channels)}});
  });
}

web_response shape(desk& d, web_request& in) {
  measure_shape m{.image = id_in_path(in, "image"),
                  .z = number(in, "z"),
                  .t = number(in, "t"),
                  .channel = number(in, "c"),
                  .shape = shape_in(json_of_body(in))};
  return d.ask_session(in, m, [](const shape_statistics& r) {
    return document({{"channels", json_of(r)}});
  });
}

const parameter sample_z{"z", "integer", "section, from 0; normally the one shown first"},
  sample_t{"t", "integer", "time point, from 0; normally the one shown first"},
  sample_c{"c", "integer", "channel, from 0; normally all"};

} // namespace

const std::vector<route> sample_routes{
  {"GET",
   "/api/v1/images/{image}/histogram",
   access::session,
   "How often which samples of a channel occur: in the whole image, as counted when it "
   "was read, or in the plane asked for",
   {{"c", "integer", "channel, from 0", true},
    {"z", "integer", "section, from 0; without z, t and level of the whole image"},
    {"t", "integer", "time point, from 0; as z"},
    {"bins", "integer", "1 to 65536, normally 256; others than 256 are of a plane"},
    {"level", "integer", "of a plane, normally the first with both sides at most 3192"}},
   "",
   200,
   "Histogram",
   histogram},
  {"GET",
   "/api/v1/images/{image}/line",
   access::session,
   "The samples of a row or column",
   {{"row", "integer", "from 0"},
    {"column", "integer", "from 0"},
    sample_z,
    sample_t,
    sample_c},
   "",
   200,
   "SampleLines",
   line},
  {"POST",
   "/api/v1/images/{image}/shape-statistics",
   access::session,
   "Statistics of the samples in a shape",
   {sample_z, sample_t, sample_c},
   "Shape",
   200,
   "ShapeStatistics",
   shape},
};

} // namespace troupe::http
