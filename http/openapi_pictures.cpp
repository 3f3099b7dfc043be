// The shapes of rendering settings and of measured samples.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json one_of(std::vector<std::string> words) {
  return {{"type", "string"}, {"enum", std::move(words)}};
}

json channel() {
  return object(
    {{"index", integer},
     {"active", boolean},
     {"window", object({{"start", number}, {"end", number}})},
     {"color", text},
     {"lut", nullable(text)},
     {"family", one_of({"linear", "polynomial", "exponential", "logarithmic"})},
     {"coefficient", number},
     {"inverted", boolean},
     {"noiseReduction", boolean}},
    {"lut"});
}

json chosen() {
  return {
    {"model", one_of({"color", "greyscale"})},
    {"z", integer},
    {"t", integer},
    {"codomain", object({{"start", integer}, {"end", integer}, {"resolution", integer}})},
    {"channels", array_of(channel())}};
}

json view_settings() {
  auto p = chosen();
  p.update({{"image", integer},
            {"from", one_of({"own", "owner", "computed"})},
            {"changed", nullable(time_text)},
            {"maySave", boolean},
            {"owner", ref("Person")}});
  return object(p);
}

json shape() {
  return {{"type", "object"},
          {"properties",
           {{"type",
             one_of({"point", "rectangle", "ellipse", "line", "polygon", "polyline"})}}},
          {"required", {"type"}}};
}

json statistics() {
  return object({{"channel", integer},
                 {"points", integer},
                 {"min", nullable(number)},
                 {"max", nullable(number)},
                 {"mean", nullable(number)},
                 {"sum", nullable(number)},
                 {"deviation", nullable(number)}});
}

} // namespace

json picture_schemas() {
  auto result = object({{"image", integer}, {"error", nullable(text)}});
  auto line = object({{"channel", integer}, {"samples", array_of(nullable(number))}});
  return {
    {"ViewSettings", view_settings()},
    {"NewViewSettings", object(chosen())},
    {"ResetViewSettings",
     object({{"to", one_of({"imported", "owner", "minMax", "fullRange", "auto"})}})},
    {"ResetManySettings",
     about_many({{"to", one_of({"imported", "owner", "minMax", "fullRange"})}}, {},
                "images")},
    {"PasteViewSettings", about_many(json::object(), {}, "images")},
    {"PastedViewSettings", object({{"results", array_of(result)}})},
    {"Histogram", object({{"channel", integer},
                          {"whole", boolean},
                          {"exact", boolean},
                          {"level", nullable(integer)},
                          {"z", nullable(integer)},
                          {"t", nullable(integer)},
                          {"min", nullable(number)},
                          {"max", nullable(number)},
                          {"counts", array_of(integer)}})},
    {"SampleLines", object({{"channels", array_of(line)}})},
    {"Shape", shape()},
    {"ShapeStatistics", object({{"channels", array_of(statistics())}})},
    {"LutList",
     object({{"items", array_of(object({{"name", text}, {"path", nullable(text)}}))},
             {"stripHeight", integer}})},
  };
}

} // namespace troupe::http
