#include "storage/csv.hpp"

#include "storage/failure.hpp"
#include "storage/text.hpp"

#include <algorithm>

namespace troupe {

namespace {

constexpr size_t most_columns = 1000;

[[noreturn]] void refuse(int64_t line, const std::string& why) {
  throw failure{errc::bad_request, "line " + std::to_string(line) + ": " + why};
}

std::string as_utf8(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    throw failure{errc::bad_request, "the table is UTF-16: save it as UTF-8"};
  if (is_utf8(text))
    return std::string{text};
  std::string out;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | byte >> 6);
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
  return out;
}

char separator_of(std::string_view text) {
  int64_t counts[3] = {};
  constexpr std::string_view candidates = "\t;,";
  bool quoted = false;
  for (char c : text) {
    if (c == '"')
      quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r'))
      break;
    if (auto i = candidates.find(c); !quoted && i != candidates.npos)
      ++counts[i];
  }
  const auto best = std::max_element(std::begin(counts), std::end(counts));
  return *best == 0 ? ',' : candidates[static_cast<size_t>(best - counts)];
}

/// Goes through the text once, a row at a time.
class reader {
public:
  reader(std::string_view text, char separator) : text_{text}, separator_{separator} {}

  bool at_end() const { return at_ == text_.size(); }

  csv_table::row next() {
    csv_table::row row{line_, {}};
    do
      row.cells.push_back(next_cell());
    while (take(separator_));
    if (row.cells.size() > most_columns)
      refuse(row.line, "more than 1000 columns");
    end_line();
    return row;
  }

private:
  bool take(char c) {
    if (at_end() || text_[at_] != c)
      return false;
    ++at_;
    return true;
  }

  /// After a cell: a line ends with LF, CRLF or CR, the last one with the text.
  void end_line() {
    if (at_end())
      return;
    const bool cr = take('\r'), lf = take('\n');
    if (!cr && !lf)
      refuse(line_, "text goes on after a quoted cell");
    ++line_;
  }

  std::string next_cell() {
    if (take('"'))
      return quoted_cell();
    auto end = at_;
    while (end < text_.size() && text_[end] != separator_ && text_[end] != '\n'
           && text_[end] != '\r')
      ++end;
    std::string cell{text_.substr(at_, end - at_)};
    at_ = end;
    return cell;
  }

  std::string quoted_cell() {
    const auto opened = line_;
    std::string cell;
    for (;;) {
      if (at_end())
        refuse(opened, "a quote is not closed");
      const char c = text_[at_++];
      if (c == '"' && !take('"'))
        return cell;
      if (c == '\n')
        ++line_;
      cell += c;
    }
  }

  std::string_view text_;
  char separator_;
  size_t at_ = 0;
  int64_t line_ = 1;
};

bool is_blank(const csv_table::row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](auto& cell) {
    return cell.find_first_not_of(" \t") == std::string::npos;
  });
}

} // namespace

csv_table read_csv(std::string_view bytes, size_t most) {
  const auto text = as_utf8(bytes);
  csv_table table;
  table.separator = separator_of(text);
  reader rows{text, table.separator};
  if (!rows.at_end())
    table.header = rows.next().cells;
  while (!rows.at_end()) {
    auto row = rows.next();
    if (is_blank(row))
      continue;
    if (row.cells.size() > table.header.size())
      refuse(row.line, "more cells than the header has");
    row.cells.resize(table.header.size());
    table.rows.push_back(std::move(row));
    if (table.rows.size() > most)
      throw failure{errc::too_large,
                    "the table has more than " + std::to_string(most) + " rows"};
  }
  return table;
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string out;
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0)
      out += ',';
    // Also semicolons and tabs, so that no reader guesses another separator.
    if (cells[i].find_first_of(",;\t\"\r\n") == std::string::npos) {
      out += cells[i];
      continue;
    }
    out += '"';
    for (char c : cells[i])
      out += c == '"' ? std::string{"\"\""} : std::string{c};
    out += '"';
  }
  return out + "\r\n";
}

} // namespace troupe
