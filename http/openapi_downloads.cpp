// The shapes of downloads.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

json download_schemas() {
  auto bodies = about_many({{"type", ref("ObjectType")}});
  bodies["oneOf"].push_back(object({{"objects", array_of(ref("Object"))}}));
  return {{"NewDownload", bodies}};
}

} // namespace troupe::http
