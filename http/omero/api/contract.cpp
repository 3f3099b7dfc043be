// The promises of the JSON API's objects.

#include "http/omero/contract.hpp"

#include <fmt/format.h>

#include <list>
#include <string>

namespace troupe::http::omero {

namespace {

/// Shapes are made of others; these live as long as the promises.
const char* kept(std::string shape) {
  static std::list<std::string> all;
  return all.emplace_back(std::move(shape)).c_str();
}

const std::string permissions_promise = R"({"@type": "string", "perm": "string",
  "canAnnotate": "bool", "canDelete": "bool", "canEdit": "bool", "canLink": "bool",
  "isWorldWrite": "bool", "isWorldRead": "bool", "isGroupWrite": "bool",
  "isGroupRead": "bool", "isGroupAnnotate": "bool", "isUserWrite": "bool",
  "isUserRead": "bool"})";

const std::string nobodys_promise =
  R"({"@type": "string", "permissions": )" + permissions_promise + "}";

const std::string person_promise =
  R"("@type": "string", "@id": "int", "UserName": "string",
  "FirstName": "string", "LastName": "string", "MiddleName?": "string",
  "Email?": "string", "Institution?": "string", "omero:details": )"
  + nobodys_promise;

const std::string group_promise = R"("@type": "string", "@id": "int", "Name": "string",
  "Description?": "string", "omero:details": )"
                                  + nobodys_promise;

const std::string head_promise = R"("@type": "string", "@id": "int", "omero:details":
  {"@type": "string", "owner": {)"
                                 + person_promise + R"(}, "group": {)" + group_promise
                                 + R"(}, "permissions": )" + permissions_promise + "}";

const std::string named_promise =
  head_promise + R"(, "Name": "string", "Description?": "string")";

const std::string screen_promise = named_promise + R"(, "Type?": "string",
  "ProtocolIdentifier?": "string", "ProtocolDescription?": "string",
  "ReagentSetIdentifier?": "string", "ReagentSetDescription?": "string")";

const std::string quantity_promise =
  R"({"@type": "string", "Unit": "string", "Symbol": "string", "Value": "number"})";

const std::string word_promise =
  R"({"@type": "string", "@id": "int", "value": "string", "omero:details": )"
  + nobodys_promise + "}";

const std::string channel_promise =
  "{" + head_promise + R"(, "omero:LogicalChannelId": "int",
  "Name?": "string", "Color?": "int", "SamplesPerPixel?": "int", "Fluor?": "string",
  "EmissionWavelength?": )"
  + quantity_promise + R"(, "ExcitationWavelength?": )" + quantity_promise
  + R"(, "omero:photometricInterpretation?": )" + word_promise + "}";

std::string image_shape(const std::string& channels) {
  return named_promise + R"(, "AcquisitionDate?": "int", "omero:archived?": "bool",
    "omero:series?": "int", "omero:format?": )"
         + word_promise + R"(, "Pixels": {)" + head_promise
         + R"(, "SizeX": "int", "SizeY": "int",
    "SizeZ": "int", "SizeC": "int", "SizeT": "int", "SignificantBits?": "int",
    "PhysicalSizeX?": )"
         + quantity_promise + R"(, "PhysicalSizeY?": )" + quantity_promise
         + R"(, "PhysicalSizeZ?": )" + quantity_promise + R"(, "TimeIncrement?": )"
         + quantity_promise + R"(, "Type": )" + word_promise + R"(, "DimensionOrder?": )"
         + word_promise + channels + "}";
}

const std::string plate_promise = named_promise + R"(, "Rows": "int", "Columns": "int",
  "RowNamingConvention?": "string", "ColumnNamingConvention?": "string",
  "FieldIndex?": "int", "url:screens": "string", "url:wells": "string",
  "url:plateacquisitions": "string")";

const std::string run_promise =
  head_promise + R"(, "Name?": "string", "Description?": "string", "StartTime?": "int",
  "EndTime?": "int", "MaximumFieldCount?": "int")";

const std::string index_promise =
  R"(, "omero:wellsampleIndex": ["int", "?"], "url:wellsampleindex_wells": ["string", "?"])";

std::string well_shape() {
  return head_promise + R"(, "Column": "int", "Row": "int", "url:plates": "string",
    "WellSamples?": [{)"
         + head_promise
         + R"(, "Image": {"@id": "int", "Name": "string", "url:image": "string",
    "*": "any"}, "PlateAcquisition?": {)"
         + run_promise + "}}]";
}

const std::string shape_promise =
  head_promise + R"(, "TheZ?": "int", "TheT?": "int", "TheC?": "int",
  "Text?": "string", "Locked?": "bool", "X?": "number", "Y?": "number",
  "Width?": "number", "Height?": "number", "*": "any")";

const std::string roi_promise =
  head_promise + R"(, "Name?": "string", "Description?": "string", "shapes?": [{)"
  + shape_promise + "}]";

const char* one(const std::string& keys) {
  return kept(R"({"data": {)" + keys + "}}");
}

const char* many(const std::string& keys, const char* more = "") {
  return kept(fmt::format(R"({{"data": [{{{}}}], "meta": {{"offset": "int",
    "limit": "int", "maxLimit": "int", "totalCount": "int"}}{}}})",
                          keys, more));
}

std::string with_links(std::string keys, std::initializer_list<const char*> links) {
  for (auto link : links)
    keys += fmt::format(R"(, "url:{}": "string")", link);
  return keys;
}

constexpr const char* told = R"({"message": "string"})";
constexpr const char* refused_shape = R"({"message": "string", "stacktrace": "string"})";

promise reads(int priority, const char* path, const char* shape) {
  return {priority,           "GET", kept(fmt::format("/api/v0/m/{}", path)), "", 200,
          "application/json", shape};
}

promise refuses(int priority, const char* method, const char* path, const char* body,
                int status, const char* shape = refused_shape) {
  return {priority, method, kept(fmt::format("/api/v0/m/{}", path)),
          body,     status, "application/json",
          shape};
}

const char* list_of_projects() {
  return many(with_links(named_promise, {"project", "datasets"}));
}

const char* list_of_datasets() {
  return many(with_links(named_promise, {"dataset", "images", "projects"}));
}

const char* list_of_images() {
  return many(with_links(image_shape(""), {"image", "datasets"}));
}

const char* list_of_plates() {
  return many(with_links(plate_promise, {"plate"}));
}

const char* list_of_wells() {
  return many(with_links(well_shape(), {"well"}));
}

const char* list_of_rois() {
  return many(with_links(roi_promise, {"roi"}));
}

const char* list_of_people() {
  return many(with_links(person_promise, {"experimenter", "experimentergroups"}));
}

const char* list_of_groups() {
  return many(with_links(group_promise, {"experimentergroup", "experimenters"}));
}

constexpr const char* normalized = R"(, "experimenters": [{"@id": "int", "*": "any"}],
  "experimenterGroups": [{"@id": "int", "*": "any"}])";

} // namespace

const std::vector<promise> api_promises{
  reads(1, "projects/", list_of_projects()),
  reads(1, "projects/?childCount=true&limit=1",
        many(with_links(named_promise + R"(, "omero:childCount": "int")",
                        {"project", "datasets"}))),
  reads(1, "projects/?normalize=true",
        many(R"("@type": "string", "@id": "int", "Name": "string",
          "Description?": "string", "url:project": "string", "url:datasets": "string",
          "omero:details": {"@type": "string", "owner": {"@id": "int"},
          "group": {"@id": "int"}, "permissions": )"
               + permissions_promise + "}",
             normalized)),
  reads(1, "datasets/{dataset}/projects/", list_of_projects()),
  reads(1, "projects/{project}/", one(with_links(named_promise, {"datasets"}))),
  reads(1, "projects/{project}", one(with_links(named_promise, {"datasets"}))),
  reads(1, "datasets/", list_of_datasets()),
  reads(1, "projects/{project}/datasets/", list_of_datasets()),
  reads(1, "images/{image}/datasets/", list_of_datasets()),
  reads(1, "datasets/{dataset}/", one(with_links(named_promise, {"images", "projects"}))),
  reads(1, "images/", list_of_images()),
  reads(1, "datasets/{dataset}/images/", list_of_images()),
  reads(1, "images/?orphaned=true", list_of_images()),
  reads(1, "images/{image}/",
        one(with_links(image_shape(R"(, "Channels": [)" + channel_promise + "]"),
                       {"datasets", "rois"}))),
  reads(1, "screens/", many(with_links(screen_promise, {"screen", "plates"}))),
  reads(1, "plates/{plate}/screens/",
        many(with_links(screen_promise, {"screen", "plates"}))),
  reads(1, "screens/{screen}/", one(with_links(screen_promise, {"plates"}))),
  reads(1, "plates/", list_of_plates()),
  reads(1, "screens/{screen}/plates/", list_of_plates()),
  reads(1, "wells/{well}/plates/", list_of_plates()),
  reads(1, "plates/{plate}/", one(plate_promise + index_promise)),
  reads(1, "plates/{plate}/plateacquisitions/",
        many(with_links(run_promise + index_promise, {"plateacquisition"}))),
  reads(1, "plateacquisitions/{run}/", one(run_promise + index_promise)),
  reads(1, "wells/?plate={plate}", list_of_wells()),
  reads(1, "plates/{plate}/wells/", list_of_wells()),
  reads(1, "plateacquisitions/{run}/wells/", list_of_wells()),
  reads(1, "plates/{plate}/wellsampleindex/0/wells/", list_of_wells()),
  reads(1, "plateacquisitions/{run}/wellsampleindex/0/wells/", list_of_wells()),
  reads(1, "wells/{well}/", one(well_shape())),
  reads(1, "rois/", list_of_rois()),
  reads(1, "images/{image}/rois/", list_of_rois()),
  reads(2, "rois/{roi}/", one(roi_promise)),
  reads(3, "shapes/", many(shape_promise)),
  reads(3, "shapes/{shape}/", one(with_links(shape_promise, {"roi"}))),
  reads(1, "experimenters/", list_of_people()),
  reads(1, "experimentergroups/{group}/experimenters/", list_of_people()),
  reads(1, "experimenters/{user}/",
        one(with_links(person_promise, {"experimentergroups"}))),
  reads(1, "experimentergroups/", list_of_groups()),
  reads(1, "experimenters/{user}/experimentergroups/", list_of_groups()),
  reads(2, "experimentergroups/{group}/",
        one(with_links(group_promise, {"experimenters"}))),
  {1, "POST", "/api/v0/m/save/?group={group}",
   R"({"@type": "http://www.openmicroscopy.org/Schemas/OME/2016-06#Dataset",
       "Name": "saved"})",
   201, "application/json", one(named_promise)},
  {1, "PUT", "/api/v0/m/save/?group={group}",
   R"({"@type": "http://www.openmicroscopy.org/Schemas/OME/2016-06#Project",
       "@id": {project}, "Name": "promised"})",
   200, "application/json", one(named_promise)},
  refuses(1, "POST", "save/", R"({"Name": "no type"})", 400),
  refuses(1, "GET", "projects/?limit=foo", "", 400, told),
  refuses(1, "GET", "projects/987654321/", "", 404),
  refuses(1, "DELETE", "datasets/987654321/", "", 404),
  refuses(2, "DELETE", "images/{image}/", "", 405),
  refuses(2, "DELETE", "plates/{plate}/", "", 405),
  refuses(2, "DELETE", "wells/{well}/", "", 405),
  refuses(2, "DELETE", "experimenters/{user}/", "", 405),
  refuses(2, "POST", "projects/", R"({"Name": "nowhere"})", 405),
};

} // namespace troupe::http::omero
