// Finding by what people type.

#include "schema/queries/search.hpp"
#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"
#include "schema/queries/search_words.hpp"

namespace troupe::http {

namespace {

const parameter search_words_given{
  "q", "string",
  "words (all must match), \"phrases\", -not, prefix*, *part*, "
  "tag:, key=value, key>3, x>1000, rating>=4, owner:, group:, after:, "
  "before:, created:, acquired:, type:, file:, format:, in:dataset:5"};
const parameter type{
  "type", "string",
  "project, dataset, image, screen, plate, folder; several with commas"};
const parameter sort{"sort", "string", "rank (normally) or newest"};

std::string text_of(const web_request& in, const char* name) {
  return std::string{in.argument(name).value_or("")};
}

search_order order_of(const web_request& in) {
  const auto order = in.argument("sort").value_or("rank");
  if (order != "rank" && order != "newest")
    throw failure{errc::bad_request, "sort must be rank or newest"};
  return order == "rank" ? search_order::rank : search_order::newest;
}

web_response find_hits(desk& d, web_request& in) {
  return d.ask_catalogue(in,
                         search_objects{.words = text_of(in, "q"),
                                        .types = search_types(text_of(in, "type")),
                                        .order = order_of(in),
                                        .page = page_of(in)},
                         [](auto& p) { return encode(p); });
}

web_response counts(desk& d, web_request& in) {
  return d.ask_catalogue(
    in,
    count_search{.words = text_of(in, "q"), .types = search_types(text_of(in, "type"))},
    [](auto& x) { return encode(x); });
}

} // namespace

const std::vector<route> search_routes{
  {"GET",
   "/api/v1/search",
   access::session,
   "Find objects; a total of 10,001 says more than 10,000",
   {search_words_given, type, sort, after, limit},
   "",
   200,
   "SearchList",
   find_hits},
  {"GET",
   "/api/v1/search/counts",
   access::session,
   "How the first 10,000 that are found divide by type, owner, group and tag",
   {search_words_given, type},
   "",
   200,
   "SearchCounts",
   counts},
};

} // namespace troupe::http
