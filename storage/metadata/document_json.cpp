#include "storage/metadata/document_json.hpp"

#include "storage/base64.hpp"
#include "storage/failure.hpp"

// Absent values are null, bytes are base64.
namespace nlohmann {

template <class T>
struct adl_serializer<std::optional<T>> {
  static void to_json(json& j, const std::optional<T>& v) { j = v ? json(*v) : json{}; }
  static void from_json(const json& j, std::optional<T>& v) {
    v = j.is_null() ? std::nullopt : std::optional{j.get<T>()};
  }
};

template <>
struct adl_serializer<std::monostate> {
  static void to_json(json& j, std::monostate) { j = nullptr; }
  static void from_json(const json&, std::monostate&) {}
};

} // namespace nlohmann

namespace troupe {

using nlohmann::json;

static void to_json(json& j, const shared_bytes& b) {
  j = to_base64({b.data(), b.size()});
}

static void from_json(const json& j, shared_bytes& b) {
  auto bytes = from_base64(j.get_ref<const std::string&>());
  if (!bytes)
    throw failure{errc::unreadable, "bytes that are no base64"};
  b = shared_bytes{std::move(*bytes)};
}

static void to_json(json& j, const rgba& c) {
  j = {c.red, c.green, c.blue, c.alpha};
}

static void from_json(const json& j, rgba& c) {
  c = {j.at(0), j.at(1), j.at(2), j.at(3)};
}

namespace metadata {
namespace {

/// [which alternative, its value]
template <class... T>
json of_variant(const std::variant<T...>& v) {
  return std::visit([&](const auto& x) { return json::array({v.index(), x}); }, v);
}

template <size_t I = 0, class... T>
void read_variant(const json& j, std::variant<T...>& v) {
  if constexpr (I < sizeof...(T)) {
    if (j.at(0).get<size_t>() == I)
      v = j.at(1).get<std::variant_alternative_t<I, std::variant<T...>>>();
    else
      read_variant<I + 1>(j, v);
  }
}

} // namespace

NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(quantity, value, unit)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(affine, a00, a10, a01, a11, a02, a12)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(shape_style, fill, stroke, stroke_width, font_size,
                                   stroke_dashes, fill_rule, line_cap, marker_start,
                                   marker_end, font_family, font_style)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(shape, kind, z, c, t, geometry, mask, text, locked,
                                   transform, style, annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(roi, id, name, description, images, shapes,
                                   annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(attachment, name, mime, bytes)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(field, id, image, run, x, y, at, annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(reagent_index, screen, reagent)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(well, row, column, type, external_id,
                                   external_description, color, fields, reagents,
                                   annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(plate_run, id, name, description, started, ended,
                                   most_fields, annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(plate, id, name, description, status, external_id,
                                   rows, columns, row_naming, column_naming, origin_x,
                                   origin_y, default_field, wells, runs, annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(reagent, id, name, description, identifier,
                                   annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(screen, id, name, description, type, protocol,
                                   protocol_description, reagent_set,
                                   reagent_set_description, reagents, plates, annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(acquisition, instrument, settings, channels,
                                   annotations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(folder, id, name, description, parent, images, rois,
                                   annotations)

void to_json(json& j, const part& p) {
  auto attributes = json::array();
  for (auto& [name, v] : p.attributes)
    attributes.push_back({name, of_variant(v)});
  j = {{"kind", p.kind},
       {"id", p.id},
       {"attributes", attributes},
       {"parts", p.parts},
       {"annotations", p.annotations}};
}

void from_json(const json& j, part& p) {
  j.at("kind").get_to(p.kind);
  j.at("id").get_to(p.id);
  for (auto& a : j.at("attributes"))
    read_variant(a.at(1), p.attributes.emplace_back(a.at(0), value{}).second);
  j.at("parts").get_to(p.parts);
  j.at("annotations").get_to(p.annotations);
}

static void to_json(json& j, const annotation& a) {
  j = {{"kind", a.kind},
       {"id", a.id},
       {"ns", a.name_space},
       {"description", a.description},
       {"value", of_variant(a.value)},
       {"annotations", a.annotations}};
}

static void from_json(const json& j, annotation& a) {
  j.at("kind").get_to(a.kind);
  j.at("id").get_to(a.id);
  j.at("ns").get_to(a.name_space);
  j.at("description").get_to(a.description);
  read_variant(j.at("value"), a.value);
  j.at("annotations").get_to(a.annotations);
}

void to_json(json& j, const document& d) {
  j = {{"instruments", d.instruments}, {"images", d.images},   {"rois", d.rois},
       {"annotations", d.annotations}, {"screens", d.screens}, {"plates", d.plates},
       {"folders", d.folders}};
}

void from_json(const json& j, document& d) {
  j.at("instruments").get_to(d.instruments);
  j.at("images").get_to(d.images);
  j.at("rois").get_to(d.rois);
  j.at("annotations").get_to(d.annotations);
  j.at("screens").get_to(d.screens);
  j.at("plates").get_to(d.plates);
  j.at("folders").get_to(d.folders);
}

} // namespace metadata
} // namespace troupe
