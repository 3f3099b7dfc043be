// Compares metadata with what an entry of the test data's manifest expects: counts of
// elements, and some values.

#pragma once

#include "storage/files/managed.hpp"
#include "storage/formats/description.hpp"

#include <algorithm>
#include <bit>
#include <fmt/format.h>
#include <map>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace troupe::test {

class metadata_check {
public:
  metadata_check(const formats::description& what, const nlohmann::json& wanted)
    : what_{what},
      about_{what.about} {
    count_elements();
    for (auto& [key, value] : wanted.items())
      check(key, value);
  }

  const std::vector<std::string>& faults() const { return faults_; }
  /// How many of the expectations were looked at.
  size_t checked() const { return checked_; }

private:
  using json = nlohmann::json;

  void check(const std::string& key, const json& wanted) {
    ++checked_;
    if (key == "shapes")
      for (auto& [kind, n] : wanted.items())
        expect("shapes of " + kind, shapes_[kind], n);
    else if (wanted.is_number() && known_.contains(key))
      expect(key, counts_[known_.at(key)], wanted);
    else if (const auto special = values().find(key); special != values().end())
      expect(key, special->second(*this), wanted);
    else
      --checked_;
  }

  void expect(const std::string& what, const json& got, const json& wanted) {
    if (got != wanted)
      faults_.push_back(fmt::format("{} is {}, not {}", what, got.dump(), wanted.dump()));
  }

  void count_parts(const std::vector<metadata::part>& parts) {
    for (auto& p : parts) {
      ++counts_[p.kind];
      count_parts(p.parts);
    }
  }

  void count_elements() {
    counts_["Image"] = static_cast<int>(what_.images.size());
    for (auto& s : what_.images)
      counts_["Plane"] += static_cast<int>(s.planes.size());
    for (auto& [name, value] : what_.facts)
      for (auto kind : {"Project", "Dataset", "Experimenter", "ExperimenterGroup"})
        counts_[kind] += name == kind ? 1 : 0;
    count_parts(about_.instruments);
    for (auto& a : about_.annotations)
      ++counts_[std::string{metadata::name_of(a.kind)}];
    counts_["ROI"] = static_cast<int>(about_.rois.size());
    for (auto& roi : about_.rois)
      for (auto& s : roi.shapes)
        ++shapes_[std::string{metadata::name_of(s.kind)}];
    counts_["Folder"] = static_cast<int>(about_.folders.size());
    count_plates();
  }

  void count_plates() {
    counts_["Screen"] = static_cast<int>(about_.screens.size());
    counts_["Plate"] = static_cast<int>(about_.plates.size());
    for (auto& s : about_.screens)
      counts_["Reagent"] += static_cast<int>(s.reagents.size());
    for (auto& p : about_.plates) {
      counts_["PlateAcquisition"] += static_cast<int>(p.runs.size());
      counts_["Well"] += static_cast<int>(p.wells.size());
      for (auto& w : p.wells)
        counts_["WellSample"] += static_cast<int>(w.fields.size());
    }
  }

  /// Keys of the manifest that count, and what they count.
  const std::map<std::string, std::string> known_ = [] {
    std::map<std::string, std::string> keys{{"screens", "Screen"},
                                            {"plates", "Plate"},
                                            {"reagents", "Reagent"},
                                            {"plateAcquisitions", "PlateAcquisition"}};
    for (auto same : {"Image",
                      "Plane",
                      "Project",
                      "Dataset",
                      "Experimenter",
                      "ExperimenterGroup",
                      "Instrument",
                      "Objective",
                      "Detector",
                      "Laser",
                      "Filter",
                      "Dichroic",
                      "ROI",
                      "Folder",
                      "Screen",
                      "Plate",
                      "Well",
                      "WellSample",
                      "PlateAcquisition",
                      "TagAnnotation",
                      "CommentAnnotation",
                      "MapAnnotation",
                      "XMLAnnotation",
                      "TimestampAnnotation",
                      "FileAnnotation",
                      "LongAnnotation",
                      "DoubleAnnotation",
                      "BooleanAnnotation",
                      "ListAnnotation",
                      "TermAnnotation"})
      keys[same] = same;
    return keys;
  }();

  using reading = json (*)(const metadata_check&);
  static const std::map<std::string, reading>& values() {
    static const std::map<std::string, reading> all{
      {"imageDescription",
       [](const metadata_check& c) { return json(c.what_.images[0].description); }},
      {"AcquisitionDate",
       [](const metadata_check& c) {
         const auto& at = c.what_.images[0].acquired;
         return json(at.substr(0, at.find('Z')));
       }},
      {"channelColoursRGBA", &colours},
      {"planeDeltaT_s", &delta_times},
      {"planeExposure_s",
       [](const metadata_check& c) {
         return json(*c.what_.images[0].planes[0].exposure);
       }},
      {"mapAnnotation",
       [](const metadata_check& c) {
         return json(std::get<metadata::key_values>(
           c.annotation(metadata::annotation_kind::map).value));
       }},
      {"longAnnotation",
       [](const metadata_check& c) {
         return json(std::get<int64_t>(
           c.annotation(metadata::annotation_kind::long_integer).value));
       }},
      {"tagset", &tag_set},
      {"fileAnnotation", &attachment},
      {"mask", &mask},
      {"rotatedRectangleTransform", &transform},
      {"objective", &objective},
      {"stageLabel", &stage},
      {"wells", &wells},
      {"rows", [](const metadata_check& c) { return json(*c.about_.plates[0].rows); }},
      {"columns",
       [](const metadata_check& c) { return json(*c.about_.plates[0].columns); }},
      {"fieldsPerWell", [](const metadata_check& c) { return fields(c, false); }},
      {"fieldsPerWellPerRun", [](const metadata_check& c) { return fields(c, true); }}};
    return all;
  }

  const metadata::annotation& annotation(metadata::annotation_kind kind) const {
    return *std::find_if(about_.annotations.begin(), about_.annotations.end(),
                         [&](auto& a) { return a.kind == kind; });
  }

  static json colours(const metadata_check& c) {
    auto list = json::array();
    for (auto& channel : c.what_.images[0].channels)
      list.push_back({channel.color->red, channel.color->green, channel.color->blue,
                      channel.color->alpha});
    return list;
  }

  static json delta_times(const metadata_check& c) {
    auto list = json::array();
    for (auto& p : c.what_.images[0].planes)
      list.push_back(*p.delta_t);
    return list;
  }

  static json tag_set(const metadata_check& c) {
    for (auto& a : c.about_.annotations)
      if (a.name_space == metadata::tag_set) {
        auto tags = json::array();
        for (auto i : a.annotations)
          tags.push_back(
            std::get<std::string>(c.about_.annotations[static_cast<size_t>(i)].value));
        return {{"name", std::get<std::string>(a.value)}, {"tags", tags}};
      }
    return {};
  }

  static json attachment(const metadata_check& c) {
    const auto& file =
      std::get<metadata::attachment>(c.annotation(metadata::annotation_kind::file).value);
    sha256_digest digest;
    EVP_Digest(file.bytes.data(), file.bytes.size(), digest.data(), nullptr, EVP_sha256(),
               nullptr);
    return {{"name", file.name}, {"sha256", to_hex(digest)}, {"size", file.bytes.size()}};
  }

  template <class Fits>
  const metadata::shape* shape(Fits fits) const {
    for (auto& roi : about_.rois)
      for (auto& s : roi.shapes)
        if (fits(s))
          return &s;
    return nullptr;
  }

  static json mask(const metadata_check& c) {
    const auto s =
      c.shape([](auto& one) { return one.kind == metadata::shape_kind::mask; });
    int set = 0;
    for (auto byte : s->mask.view())
      set += std::popcount(static_cast<uint8_t>(byte));
    return {{"width", static_cast<int>(s->geometry[2])},
            {"height", static_cast<int>(s->geometry[3])},
            {"pixelsSet", set}};
  }

  static json transform(const metadata_check& c) {
    const auto& m =
      *c.shape([](auto& one) { return one.transform.has_value(); })->transform;
    return {{"A00", m.a00}, {"A10", m.a10}, {"A01", m.a01},
            {"A11", m.a11}, {"A02", m.a02}, {"A12", m.a12}};
  }

  static json number(const metadata::part& p, const char* name) {
    return std::get<double>(*metadata::find(p, name));
  }

  static json objective(const metadata_check& c) {
    const auto p = metadata::find(c.about_.instruments[0].parts, "Objective");
    return {{"model", std::get<std::string>(*metadata::find(*p, "Model"))},
            {"lensNA", number(*p, "LensNA")},
            {"magnification", number(*p, "NominalMagnification")}};
  }

  static json stage(const metadata_check& c) {
    const auto p = metadata::find(c.about_.images[0].settings, "StageLabel");
    const auto x = std::get<metadata::quantity>(*metadata::find(*p, "X"));
    return {{"x", x.value},
            {"y", std::get<metadata::quantity>(*metadata::find(*p, "Y")).value},
            {"unit", x.unit}};
  }

  static json wells(const metadata_check& c) {
    auto names = json::array();
    for (auto& w : c.about_.plates[0].wells)
      names.push_back(fmt::format("{}{}", static_cast<char>('A' + w.row), w.column + 1));
    return names;
  }

  /// The largest number of fields of a well, or of one run of it.
  static json fields(const metadata_check& c, bool per_run) {
    int most = 0;
    for (auto& w : c.about_.plates[0].wells) {
      std::map<int32_t, int> count;
      for (auto& f : w.fields)
        most = std::max(most, ++count[per_run ? f.run.value_or(-1) : 0]);
    }
    return most;
  }

  const formats::description& what_;
  const metadata::document& about_;
  std::map<std::string, int> counts_, shapes_;
  std::vector<std::string> faults_;
  size_t checked_ = 0;
};

} // namespace troupe::test
