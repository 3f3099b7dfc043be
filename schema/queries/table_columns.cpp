#include "schema/queries/table_columns.hpp"

#include "storage/failure.hpp"

#include <algorithm>
#include <initializer_list>

namespace troupe {

namespace {

/// "Image_Name" and "image name" are one word.
std::string plain(std::string_view name) {
  auto out = trimmed(name);
  for (auto& c : out)
    c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::optional<size_t> find(const std::vector<std::string>& words,
                           std::initializer_list<std::string_view> wanted) {
  for (auto w : wanted)
    if (auto i = std::find(words.begin(), words.end(), w); i != words.end())
      return static_cast<size_t>(i - words.begin());
  return std::nullopt;
}

void set_name_column(table_columns& out, const std::vector<std::string>& words,
                     object_type parent) {
  if (auto id = find(words, {"image id", "imageid"})) {
    out.by_id = true;
    out.name = *id;
  } else if (auto well = find(words, {"well", "well name", "well label"});
             well && parent == object_type::plate) {
    out.of = object_type::well;
    out.name = *well;
  } else if (auto name =
               find(words, {"image", "image name", "name", "file name", "filename"})) {
    out.name = *name;
  } else {
    throw failure{errc::bad_request,
                  parent == object_type::plate
                    ? "no column is called \"well\", \"image\" or \"image id\""
                    : "no column is called \"image\", \"name\" or \"image id\""};
  }
}

void add_once(std::vector<std::string>& tags, std::string_view text) {
  auto tag = trimmed(text);
  if (!tag.empty() && std::find(tags.begin(), tags.end(), tag) == tags.end())
    tags.push_back(std::move(tag));
}

} // namespace

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos)
    return "";
  return std::string{text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1)};
}

table_columns columns_of(const std::vector<std::string>& header, object_type parent) {
  std::vector<std::string> words;
  for (auto& name : header)
    words.push_back(plain(name));
  table_columns out;
  set_name_column(out, words, parent);
  for (size_t i = 0; i < words.size(); ++i) {
    const auto& word = words[i];
    // Beside ids the name is there for people.
    const bool names = out.by_id && (word == "image" || word == "image name");
    if (i == out.name || names || word.empty())
      continue;
    (word == "tag" ? out.tags : word == "tags" ? out.tag_lists : out.keys).push_back(i);
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> pairs_of(const csv_table& table,
                                                          const table_columns& columns,
                                                          const csv_table::row& row) {
  std::vector<std::pair<std::string, std::string>> out;
  for (auto i : columns.keys)
    if (auto value = trimmed(row.cells[i]); !value.empty())
      out.emplace_back(trimmed(table.header[i]), std::move(value));
  return out;
}

std::vector<std::string> tags_of(const table_columns& columns,
                                 const csv_table::row& row) {
  std::vector<std::string> out;
  for (auto i : columns.tags)
    add_once(out, row.cells[i]);
  for (auto i : columns.tag_lists) {
    std::string_view rest = row.cells[i];
    for (;;) {
      const auto end = rest.find_first_of(",;");
      add_once(out, rest.substr(0, end));
      if (end == rest.npos)
        break;
      rest.remove_prefix(end + 1);
    }
  }
  return out;
}

} // namespace troupe
