// The shapes of what is known of images beyond their pixels. Mirrors the questions of
// schema/queries/metadata.hpp, whose answers PostgreSQL makes.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

const json numbers = array_of(nullable(number));
const json any_object{{"type", "object"}};

/// A device or a setting, in the words of the OME model.
json part() {
  return object({{"kind", text},
                 {"id", text},
                 {"attributes", any_object},
                 {"parts", array_of(ref("Part"))}});
}

json metadata() {
  auto planes = object({{"deltaT", nullable(numbers)},
                        {"exposure", nullable(numbers)},
                        {"x", nullable(numbers)},
                        {"y", nullable(numbers)},
                        {"z", nullable(numbers)}});
  planes["description"] = "a value per plane, z fastest, then c, then t; times in s";
  return object({{"instrument", nullable(ref("Part"))},
                 {"settings", array_of(ref("Part"))},
                 {"channels", array_of(any_object)},
                 {"planes", nullable(planes)},
                 {"facts", array_of(array_of(text))},
                 {"warnings", array_of(text)}});
}

json screen() {
  auto reagent = object(
    {{"id", integer}, {"name", text}, {"description", text}, {"identifier", text}});
  return object({{"id", integer},
                 {"name", text},
                 {"description", text},
                 {"attributes", any_object},
                 {"owner", ref("Person")},
                 {"created", time_text},
                 {"plates", integer},
                 {"reagents", array_of(reagent)}});
}

json plate_properties() {
  return {{"id", integer},           {"name", text},
          {"description", text},     {"attributes", any_object},
          {"owner", ref("Person")},  {"created", time_text},
          {"rows", integer},         {"columns", integer},
          {"rowNaming", text},       {"columnNaming", text},
          {"defaultField", integer}, {"wells", integer}};
}

json run_schema() {
  return object({{"id", integer},
                 {"plate", integer},
                 {"name", text},
                 {"description", text},
                 {"started", nullable(time_text)},
                 {"ended", nullable(time_text)},
                 {"mostFields", nullable(integer)}});
}

json well_schema() {
  auto field = object({{"image", integer},
                       {"run", nullable(integer)},
                       {"x", nullable(ref("Quantity"))},
                       {"y", nullable(ref("Quantity"))},
                       {"taken", nullable(time_text)},
                       {"thumbnail", text}});
  return object({{"id", integer},
                 {"plate", integer},
                 {"name", text},
                 {"row", integer},
                 {"column", integer},
                 {"attributes", any_object},
                 {"reagents", array_of(integer)},
                 {"fields", array_of(field)}});
}

json plate_details() {
  auto p = plate_properties();
  p["screens"] = array_of(ref("Named"));
  p["runs"] = array_of(ref("Run"));
  p["wells"] = array_of(ref("Well"));
  return object(p);
}

} // namespace

json metadata_schemas() {
  return {
    {"Part", part()},
    {"Metadata", metadata()},
    {"Screen", screen()},
    {"ScreenList", list_of("Screen")},
    {"Plate", object(plate_properties())},
    {"PlateList", list_of("Plate")},
    {"PlateDetails", plate_details()},
    {"Run", run_schema()},
    {"Well", well_schema()},
    {"WellList", list_of("Well")},
    {"NewPlate", object({{"name", text},
                         {"description", text},
                         {"rows", integer},
                         {"columns", integer},
                         {"screen", integer}},
                        {"description", "rows", "columns", "screen"})},
    {"NewRun", object({{"name", text}, {"description", text}}, {"description"})},
    {"PlateFields",
     object(
       {{"fields",
         array_of(object(
           {{"row", integer}, {"column", integer}, {"image", integer}, {"run", integer}},
           {"run"}))}})},
  };
}

} // namespace troupe::http
