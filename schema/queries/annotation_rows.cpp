// Annotations and what they are on as rows.

#include "schema/queries/metadata_rows.hpp"
#include "schema/queries/object_type.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/files/managed.hpp"
#include "storage/formats/ome_units.hpp"

#include <set>

namespace troupe {

namespace {

using metadata::annotation_kind;
using metadata::document;
using nlohmann::json;

constexpr int64_t longest_value = 1'000'000; // characters

json pairs_of(const metadata::key_values& pairs) {
  auto list = json::array();
  for (const auto& [key, value] : pairs)
    list.push_back({{"k", clean_text(key)}, {"v", clean_text(value)}});
  return list;
}

void put_value(json& row, const metadata::annotation& a) {
  if (auto text = std::get_if<std::string>(&a.value))
    row["text_value"] = clean_text(*text, longest_value);
  else if (auto whole = std::get_if<int64_t>(&a.value))
    row["number_value"] = *whole;
  else if (auto number = std::get_if<double>(&a.value))
    row["number_value"] = *number;
  else if (auto truth = std::get_if<bool>(&a.value))
    row["number_value"] = *truth ? 1 : 0;
  else if (auto pairs = std::get_if<metadata::key_values>(&a.value))
    row["pairs"] = pairs_of(*pairs);
  else if (auto file = std::get_if<metadata::attachment>(&a.value)) {
    row["file_name"] = clean_text(file->name, 255);
    row["mime"] = clean_text(file->mime, 255);
    row["bytes"] = file->bytes.size();
    row["sha256"] = to_hex(sha256_of(file->bytes.view()));
  }
  if (a.kind == annotation_kind::timestamp)
    row["time"] = formats::rfc3339(std::get<std::string>(a.value));
}

/// Adds a link for each annotation of an object, remembers which are on something.
class link_adder {
public:
  // Round brackets: braces would make a list of the row.
  link_adder(json& rows, json row) : rows_{rows}, row_(std::move(row)) {}

  /// @param key  what names the object inside its fileset, see object_type.
  void add(object_type kind, std::initializer_list<int64_t> key,
           const std::vector<int32_t>& annotations) {
    auto row = row_;
    row["kind"] = static_cast<int>(kind);
    auto name = key.begin();
    for (auto column : {"a", "b", "c"})
      if (name != key.end())
        row[column] = *name++;
    for (auto annotation : annotations) {
      row["annotation"] = annotation;
      rows_.push_back(row);
      used_.insert(annotation);
    }
  }
  bool is_used(int32_t annotation) const { return used_.contains(annotation); }

private:
  json& rows_;
  json row_;
  std::set<int32_t> used_;
};

std::vector<int32_t> annotations_within(const metadata::part& p) {
  auto all = p.annotations;
  for (const auto& inner : p.parts) {
    const auto more = annotations_within(inner);
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

/// Those on instruments and settings count as the image's.
void link_images(const document& about, link_adder& links) {
  for (int32_t i = 0; i < std::ssize(about.images); ++i) {
    const auto& made = about.images[static_cast<size_t>(i)];
    links.add(object_type::image, {i}, made.annotations);
    if (made.instrument)
      links.add(
        object_type::image, {i},
        annotations_within(about.instruments[static_cast<size_t>(*made.instrument)]));
    for (int32_t c = 0; c < std::ssize(made.channels); ++c)
      links.add(object_type::channel, {i, c},
                annotations_within(made.channels[static_cast<size_t>(c)]));
  }
}

void link_rois(const document& about, link_adder& links) {
  const auto places = roi_places(about);
  for (int64_t i = 0; i < std::ssize(places); ++i) {
    const auto& roi = about.rois[places[static_cast<size_t>(i)].roi];
    links.add(object_type::roi, {i}, roi.annotations);
    for (int64_t s = 0; s < std::ssize(roi.shapes); ++s)
      links.add(object_type::shape, {i, s},
                roi.shapes[static_cast<size_t>(s)].annotations);
  }
}

void link_plate(const metadata::plate& p, int64_t i, link_adder& links) {
  links.add(object_type::plate, {i}, p.annotations);
  for (int64_t run = 0; run < std::ssize(p.runs); ++run)
    links.add(object_type::run, {i, run}, p.runs[static_cast<size_t>(run)].annotations);
  for (const auto& w : p.wells) {
    links.add(object_type::well, {i, w.row, w.column}, w.annotations);
    for (const auto& f : w.fields)
      links.add(object_type::well, {i, w.row, w.column}, f.annotations);
  }
}

void link_plates(const document& about, link_adder& links) {
  for (int64_t i = 0; i < std::ssize(about.screens); ++i) {
    const auto& screen = about.screens[static_cast<size_t>(i)];
    links.add(object_type::screen, {i}, screen.annotations);
    for (int64_t n = 0; n < std::ssize(screen.reagents); ++n)
      links.add(object_type::reagent, {i, n},
                screen.reagents[static_cast<size_t>(n)].annotations);
  }
  for (int64_t i = 0; i < std::ssize(about.plates); ++i)
    link_plate(about.plates[static_cast<size_t>(i)], i, links);
}

} // namespace

json annotation_rows(const registration& what) {
  return per_document(what, [](json& rows, const json& row, const document& about) {
    for (size_t i = 0; i < about.annotations.size(); ++i) {
      const auto& a = about.annotations[i];
      auto stored = row;
      stored["position"] = i;
      stored["kind"] = static_cast<int>(a.kind);
      stored["name_space"] = clean_text(a.name_space, 255);
      stored["description"] = clean_text(a.description);
      put_value(stored, a);
      rows.push_back(std::move(stored));
    }
  });
}

json annotation_link_rows(const registration& what) {
  return per_document(what, [](json& rows, const json& row, const document& about) {
    link_adder links{rows, row};
    link_images(about, links);
    link_rois(about, links);
    link_plates(about, links);
    for (int64_t i = 0; i < std::ssize(about.folders); ++i)
      links.add(object_type::folder, {i},
                about.folders[static_cast<size_t>(i)].annotations);
    const auto count = static_cast<int32_t>(about.annotations.size());
    for (int32_t i = 0; i < count; ++i)
      links.add(object_type::annotation, {i},
                about.annotations[static_cast<size_t>(i)].annotations);
    for (int32_t i = 0; i < count; ++i)
      if (!links.is_used(i)) // on nothing else: it is the file's
        links.add(object_type::fileset, {}, {i});
  });
}

} // namespace troupe
