// What OMERO's addresses cost beside our own for the same things.

#include "tests/bench/goal.hpp"
#include "storage/failure.hpp"
#include "tests/bench/requests.hpp"

#include <algorithm>

namespace troupe::bench {

namespace {

struct pair_of_addresses {
  std::string what, ours, theirs;
};

/// Milliseconds of a request, one after the other: of server and database together.
double cost_of(server& s, const std::string& target, int64_t requests) {
  const auto done = s.load({target}, 1, requests);
  if (done.errors > 0)
    throw failure{errc::bad_request, fmt::format("{} of {} requests failed: {}",
                                                 done.errors, requests, target)};
  return done.p50_ms;
}

void compare(server& s, const pair_of_addresses& p) {
  constexpr int rounds = 5;
  constexpr int64_t requests = 200;
  constexpr double goal = 1.2;
  s.load({p.ours, p.theirs}, 2, 50);
  double ours = 1e9, theirs = 1e9; // the least of some rounds: others only add to it
  for (int i = 0; i < rounds; ++i) {
    ours = std::min(ours, cost_of(s, p.ours, requests));
    theirs = std::min(theirs, cost_of(s, p.theirs, requests));
  }
  fmt::print("{:<34} {:>9.3f} {:>9.3f} {:>7.2f}\n", p.what, ours, theirs, theirs / ours);
  report_goal(p.what + " by OMERO's address, vs ours", theirs / ours, bound::at_most, goal,
              "x");
}

} // namespace

void bench_faces(server& s, int64_t image) {
  const auto id = std::to_string(image);
  const std::string look = "c=1|0:3000$0000FF,2|0:3000$00FF00,3|0:3000$FF0000&m=c";
  fmt::print("\n{:<34} {:>9} {:>9} {:>7}\n", "ms of a request", "ours", "theirs",
             "ratio");
  for (auto& p : std::vector<pair_of_addresses>{
         {"image document", "/api/v1/images/" + id, "/webgateway/imgData/" + id + "/"},
         {"region",
          "/api/v1/images/" + id + "/plane?z=3&t=0&" + look,
          "/webgateway/render_image_region/" + id + "/3/0/?region=0,0,512,512&" + look},
         {"thumbnail", "/api/v1/images/" + id + "/thumbnail?size=96",
          "/webgateway/render_thumbnail/" + id + "/96/"},
         {"200 images", "/api/v1/images?limit=200", "/api/v0/m/images/?limit=200"},
         {"200 projects", "/api/v1/projects?limit=200", "/api/v0/m/projects/?limit=200"},
         {"200 datasets with counts", "/api/v1/datasets?limit=200",
          "/api/v0/m/datasets/?limit=200&childCount=true"}})
    compare(s, p);
}

} // namespace troupe::bench
