#include "http/omero/call.hpp"

#include "http/arguments.hpp"
#include "schema/password.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace troupe::http::omero {

namespace {

constexpr size_t longest_body = 16 << 20;

std::optional<int64_t> whole_number_in(std::string_view text) {
  int64_t n{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return n;
}

int64_t required_whole_number(std::string_view name, std::string_view text) {
  auto n = whole_number_in(text);
  if (!n)
    throw failure{errc::bad_request,
                  fmt::format("{}: '{}' is no whole number", name, text.substr(0, 80))};
  return *n;
}

std::string lowered(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

} // namespace

const std::string& call::body() {
  if (!body_)
    body_ = text_of_body(in, longest_body);
  return *body_;
}

const fields& call::form() {
  if (form_)
    return *form_;
  form_.emplace();
  const auto type = in.header("content-type");
  if (type.starts_with("application/x-www-form-urlencoded"))
    form_ = fields_of_urlencoded(body());
  else if (type.starts_with("multipart/form-data"))
    for (auto& part : parts_of_multipart(type, body()))
      if (!part.is_file)
        form_->emplace_back(part.name, std::string{part.content});
  return *form_;
}

void call::take_form(const part_taker& files) {
  form_.emplace();
  size_t bytes = 0;
  bool is_file = false;
  multipart_reader reader{
    in.header("content-type"),
    {[&](const form_part& part) {
       is_file = part.is_file;
       if (is_file)
         files.begin(part);
       else
         form_->emplace_back(part.name, "");
     },
     [&](std::string_view piece) {
       if (is_file)
         return files.more(piece);
       bytes += piece.size();
       if (bytes > longest_body)
         throw failure{errc::too_large, "the fields of the form are too long"};
       form_->back().second += piece;
     },
     [&] {
       if (is_file)
         files.end();
     }}};
  if (body_)
    reader.feed(*body_);
  else if (in.body) {
    gate::blocking waits{*house.door};
    if (!in.body->read([&](const char* data, size_t size) { reader.feed({data, size}); }))
      throw failure{errc::gone, "the body did not arrive whole"};
  }
  reader.finish();
}

json call::document() {
  auto parsed = json::parse(body(), nullptr, false);
  if (parsed.is_discarded())
    throw failure{errc::bad_request, "the body is no JSON document"};
  return parsed;
}

std::optional<std::string> call::field(std::string_view name) {
  auto all = all_fields(name);
  return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
}

std::vector<std::string> call::all_fields(std::string_view name) {
  std::vector<std::string> out;
  for (auto& [key, value] : in.query)
    if (key == name)
      out.push_back(value);
  if (out.empty() && in.body)
    for (auto& [key, value] : form())
      if (key == name)
        out.push_back(value);
  return out;
}

std::optional<int64_t> call::integer(std::string_view name) {
  auto text = field(name);
  if (!text || text->empty())
    return std::nullopt;
  return required_whole_number(name, *text);
}

int64_t call::integer_or(std::string_view name, int64_t fallback) {
  return integer(name).value_or(fallback);
}

std::vector<int64_t> call::ids(std::string_view name) {
  std::vector<int64_t> out;
  for (auto& value : all_fields(name))
    for (std::string_view rest = value; !rest.empty();) {
      const auto end = std::min(rest.find(','), rest.size());
      if (end > 0)
        out.push_back(required_whole_number(name, rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  return out;
}

bool call::flag(std::string_view name) {
  const auto text = lowered(field(name).value_or(""));
  return text == "true" || text == "yes" || text == "y" || text == "t" || text == "1"
         || text == "on";
}

int64_t call::id(const char* name) const {
  const auto n = whole_number_in(in.captured.at(name));
  if (!n || *n < 0)
    throw failure{errc::not_found, fmt::format("{} is no id", name)};
  return *n;
}

int32_t call::number(const char* name) const {
  const auto n = whole_number_in(in.captured.at(name));
  if (!n || *n != static_cast<int32_t>(*n))
    throw failure{errc::not_found, fmt::format("{} is no number", name)};
  return static_cast<int32_t>(*n);
}

bool call::by_script() const {
  return in.header("x-requested-with") == "XMLHttpRequest";
}

const session_record& call::who() {
  if (!who_)
    who_ = ask_room(identify{});
  return *who_;
}

void call::note(const std::string& name, std::string text) {
  house.notes.put(hash_token(token_of(in)), name, std::move(text));
}

std::optional<std::string> call::noted(const std::string& name) {
  return house.notes.get(hash_token(token_of(in)), name);
}

} // namespace troupe::http::omero
