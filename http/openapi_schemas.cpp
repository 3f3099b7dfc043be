// The shapes of bodies and replies. Mirrors encode.cpp; the integration tests hold real
// answers against it.

#include "http/openapi.hpp"
#include "http/openapi_words.hpp"

namespace troupe::http {

namespace {

json image_entry_properties() {
  return {{"id", integer},
          {"name", text},
          {"sizeX", integer},
          {"sizeY", integer},
          {"sizeZ", integer},
          {"sizeC", integer},
          {"sizeT", integer},
          {"pixelType", text},
          {"state", {{"type", "string"}, {"enum", {"measuring", "ready", "damaged"}}}},
          {"acquired", nullable(time_text)},
          {"created", time_text},
          {"owner", ref("Person")},
          {"thumbnail", text}};
}

json image() {
  auto p = image_entry_properties();
  p.update(
    {{"description", text},
     {"group", ref("Named")},
     {"error", text},
     {"significantBits", nullable(integer)},
     {"rgb", boolean},
     {"physicalSizeX", nullable(ref("Quantity"))},
     {"physicalSizeY", nullable(ref("Quantity"))},
     {"physicalSizeZ", nullable(ref("Quantity"))},
     {"timeIncrement", nullable(ref("Quantity"))},
     {"channels", array_of(ref("Channel"))},
     {"model", {{"type", "string"}, {"enum", {"color", "greyscale"}}}},
     {"plainLevels",
      {{"type", "boolean"},
       {"description", "the levels are all 256, and no noise reduction is on: who has "
                       "the samples can draw as the server draws"}}},
     {"defaultZ", integer},
     {"defaultT", integer},
     {"levels", array_of(ref("Extent"))},
     {"pyramid", object({{"state",
                          {{"type", "string"},
                           {"enum", {"none", "waiting", "building", "ready", "failed"}}}},
                         {"progress", number},
                         {"error", nullable(text)}})},
     {"tileSize", ref("Extent")},
     {"format", text},
     {"series", integer},
     {"files", array_of(object({{"name", text}, {"bytes", integer}, {"sha256", text}}))},
     {"inPlace", boolean},
     {"imported", time_text},
     {"datasets",
      array_of(object(
        {{"id", integer}, {"name", text}, {"projects", array_of(ref("Named"))}}))}});
  return object(p, {"error"});
}

json container_properties(const char* children) {
  return {{"id", integer},          {"name", text},         {"description", text},
          {"owner", ref("Person")}, {"created", time_text}, {children, integer}};
}

json dataset_details() {
  auto p = container_properties("images");
  p["projects"] = array_of(ref("Named"));
  return object(p);
}

json import_document() {
  auto result = object(
    {{"path", text},
     {"error", text},
     {"skipped", text},
     {"images", array_of(object({{"id", integer}, {"name", text}, {"series", integer}}))},
     {"files", integer},
     {"warnings", array_of(text)}},
    {"error", "skipped", "images", "files", "warnings"});
  return object({{"id", integer},
                 {"state", text},
                 {"fraction", number},
                 {"bytes", integer},
                 {"received", integer},
                 {"created", time_text},
                 {"error", nullable(text)},
                 {"inPlace", boolean},
                 {"dataset", nullable(ref("Named"))},
                 {"fileCount", integer},
                 {"files", array_of(object({{"index", integer},
                                            {"path", text},
                                            {"bytes", integer},
                                            {"received", integer}}))},
                 {"results", array_of(result)}});
}

} // namespace

json openapi_schemas() {
  json named_body = object({{"name", text}, {"description", text}}, {"description"});
  json new_dataset = object({{"name", text}, {"description", text}, {"project", integer}},
                            {"description", "project"});
  json account =
    object({{"id", integer}, {"login", text}, {"name", text}, {"admin", boolean}});
  json session = {{"account", account},
                  {"group", ref("Named")},
                  {"kind", ref("SessionKind")},
                  {"scopes", array_of(ref("Scope"))},
                  {"privileges", array_of(ref("Privilege"))},
                  {"sudoer", nullable(text)},
                  {"expires", time_text},
                  {"csrf", text}};
  json signed_in = session;
  signed_in["token"] = text;
  json target{{"oneOf", json::array({integer, text})}, {"description", "id or name"}};
  json all{
    {"Problem", object({{"type", text},
                        {"title", text},
                        {"status", integer},
                        {"detail", text},
                        {"request", text}},
                       {"request"})}, // none when it was no request at all
    {"Named", object({{"id", integer}, {"name", text}})},
    {"Person", object({{"id", integer}, {"login", text}, {"name", text}})},
    {"Quantity", object({{"value", number}, {"unit", text}})},
    {"Extent", object({{"width", integer}, {"height", integer}})},
    {"Credentials", object({{"login", text},
                            {"password", {{"type", "string"}, {"format", "password"}}}})},
    {"Session", object(session)},
    {"SignedIn", object(signed_in)},
    {"NewProject", named_body},
    {"NewDataset", new_dataset},
    {"Project", object(container_properties("datasets"))},
    {"ProjectList", list_of("Project")},
    {"Dataset", object(container_properties("images"))},
    {"DatasetList", list_of("Dataset")},
    {"DatasetDetails", dataset_details()},
    {"ImageEntry", object(image_entry_properties())},
    {"ImageList", list_of("ImageEntry")},
    {"Channel", object({{"index", integer},
                        {"name", text},
                        {"color", text},
                        {"active", boolean},
                        {"window", object({{"start", number}, {"end", number}})},
                        {"lut", nullable(text)},
                        {"family", text},
                        {"coefficient", number},
                        {"inverted", boolean},
                        {"min", nullable(number)},
                        {"max", nullable(number)},
                        {"range", object({{"min", number}, {"max", number}})},
                        {"emission", nullable(number)},
                        {"excitation", nullable(number)}})},
    {"Image", image()},
    {"NewImport",
     object({{"files", array_of(object({{"path", text}, {"bytes", integer}}))},
             {"inPlace", array_of(text)},
             {"project", target},
             {"dataset", target}},
            {"files", "inPlace", "project", "dataset"})},
    {"CommitImport",
     object(
       {{"files", array_of(object({{"index", integer}, {"sha256", text}}, {"sha256"}))}},
       {"files"})},
    {"Import", import_document()},
    {"ImportList", list_of("Import")},
    {"Health", object({{"status", text}})},
    {"Readiness", object({{"status", text}, {"checks", {{"type", "object"}}}})},
    {"Version", object({{"name", text}, {"version", text}})},
  };
  all.update(picture_schemas());
  all.update(metadata_schemas());
  all.update(roi_schemas());
  all.update(people_schemas());
  all.update(organise_schemas());
  all.update(trash_schemas());
  all.update(job_schemas());
  all.update(status_schemas());
  all.update(search_schemas());
  all.update(share_schemas());
  all.update(download_schemas());
  all.update(annotation_schemas());
  return all;
}

} // namespace troupe::http
