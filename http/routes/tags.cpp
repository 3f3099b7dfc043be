// Tags and keys to choose from, and what carries an annotation.

#include "schema/queries/tags.hpp"
#include "http/arguments.hpp"
#include "http/encode.hpp"
#include "http/routes/tables.hpp"

namespace troupe::http {

namespace {

const parameter tag_search{"search", "string", "what the text contains"};
const parameter prefix{"prefix", "boolean", "the text begins with `search`"};

std::string searched(const web_request& in) {
  return std::string{in.argument("search").value_or("")};
}

web_response tags(desk& d, web_request& in) {
  list_tags m{.search = searched(in),
              .prefix = flag(in, "prefix"),
              .mine = flag(in, "mine"),
              .page = page_of(in)};
  if (in.argument("sets"))
    m.sets = flag(in, "sets");
  if (auto set = number(in, "set"))
    m.in = *set;
  return d.ask_catalogue(in, m, [](auto& p) { return encode(p); });
}

web_response keys(desk& d, web_request& in) {
  return d.ask_catalogue(in,
                         list_keys{.search = searched(in),
                                   .prefix = flag(in, "prefix"),
                                   .limit = page_of(in).limit},
                         [](auto& x) { return encode(x); });
}

web_response annotated(desk& d, web_request& in) {
  return d.ask_catalogue(
    in,
    list_annotated{.annotation = id_in_path(in, "annotation"),
                   .type = object_type_named(in.argument("type").value_or("image")),
                   .page = page_of(in)},
    [](auto& p) { return encode(p); });
}

} // namespace

const std::vector<route> tag_routes{
  {"GET",
   "/api/v1/tags",
   access::session,
   "Tags and tag sets, by name",
   {tag_search,
    prefix,
    {"mine", "boolean", "only one's own"},
    {"sets", "boolean", "true: only tag sets, false: none"},
    {"set", "integer", "tags of this tag set"},
    after,
    limit},
   "",
   200,
   "TagList",
   tags},
  {"GET",
   "/api/v1/keys",
   access::session,
   "Keys of key-values, the most used first",
   {tag_search, prefix, limit},
   "",
   200,
   "Keys",
   keys},
  {"GET",
   "/api/v1/annotations/{annotation}/objects",
   access::session,
   "Objects of a type that carry an annotation",
   {{"type", "string", "normally image"}, after, limit},
   "",
   200,
   "AnnotatedList",
   annotated},
};

} // namespace troupe::http
