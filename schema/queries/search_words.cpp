#include "schema/queries/search_words.hpp"

#include "schema/queries/search_dates.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace troupe {

namespace {

constexpr size_t most_terms = 32;
constexpr int64_t longest_search = 2000;

[[noreturn]] void refuse(std::string_view word, std::string_view reason) {
  throw failure{errc::bad_request, fmt::format("search: {} {}", word, reason)};
}

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// As far as can be told without tables: other scripts count as letters.
bool has_word(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || (c >= '0' && c <= '9')
           || static_cast<unsigned char>(c) >= 0x80;
  });
}
std::string lower(std::string_view text) {
  std::string out{text};
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// What stands between blanks, without its quotes: head, operator, tail.
struct token {
  std::string raw; ///< as typed, for messages
  bool negated = false, head_quoted = false;
  std::string head, operation, tail;
  bool star_before = false, star_after = false; ///< around what is looked for

  const std::string& sought() const { return operation.empty() ? head : tail; }
};

class scanner {
public:
  explicit scanner(std::string_view text) : rest_{text} {}

  std::optional<token> next() {
    while (!rest_.empty() && is_space(rest_.front()))
      rest_.remove_prefix(1);
    if (rest_.empty())
      return std::nullopt;
    const auto begin = rest_;
    token t;
    if (rest_.size() > 1 && rest_.front() == '-' && !is_space(rest_[1])) {
      t.negated = true;
      rest_.remove_prefix(1);
    }
    while (!rest_.empty() && !is_space(rest_.front()))
      take(t, begin);
    t.raw = begin.substr(0, begin.size() - rest_.size());
    return t;
  }

private:
  void take(token& t, std::string_view begin) {
    if (rest_.front() == '"')
      return take_quoted(t, begin);
    if (t.operation.empty() && take_operation(t))
      return;
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c != '*')
      return add(t, {&c, 1}, begin);
    if (part(t).empty() && !t.star_before)
      t.star_before = true;
    else
      t.star_after = true;
  }

  void take_quoted(token& t, std::string_view begin) {
    const auto end = rest_.find('"', 1);
    if (end == std::string_view::npos)
      refuse(begin, "has a quote that is not closed");
    if (t.operation.empty())
      t.head_quoted = true;
    add(t, rest_.substr(1, end - 1), begin);
    rest_.remove_prefix(end + 1);
  }

  /// A colon is one only behind a word: 10:30 is none.
  bool take_operation(token& t) {
    const char c = rest_.front();
    const bool names_field = !t.head.empty() && !t.head_quoted
                             && std::all_of(t.head.begin(), t.head.end(), is_letter);
    if (c == '=' || c == '<' || c == '>' || (c == ':' && names_field))
      t.operation = c;
    else
      return false;
    rest_.remove_prefix(1);
    if ((c == '<' || c == '>') && !rest_.empty() && rest_.front() == '=') {
      t.operation += '=';
      rest_.remove_prefix(1);
    }
    return true;
  }

  static std::string& part(token& t) { return t.operation.empty() ? t.head : t.tail; }

  static void add(token& t, std::string_view text, std::string_view begin) {
    if (t.star_after)
      refuse(begin.substr(0, begin.find_first_of(" \t\n")),
             "has a * in the middle: it goes to the ends of a word");
    part(t) += text;
  }

  std::string_view rest_;
};

double number_of(const token& t) {
  double value = 0;
  const auto* end = t.tail.data() + t.tail.size();
  const auto [at, wrong] = std::from_chars(t.tail.data(), end, value);
  if (wrong != std::errc{} || at != end || !std::isfinite(value))
    refuse(t.raw, "compares with something that is no number");
  return value;
}

void refuse_stars(const token& t, bool prefix_allowed) {
  if (t.star_before || (t.star_after && !prefix_allowed))
    refuse(t.raw, prefix_allowed ? "can have a * at its end only" : "can have no *");
}

search_term text_term(const token& t, search_field field, bool prefix_allowed) {
  refuse_stars(t, prefix_allowed);
  if (!has_word(t.sought()))
    refuse(t.raw, "has no letter or digit to look for");
  search_term term{.field = field};
  term.prefix = t.star_after;
  term.text = t.sought();
  return term;
}

search_term word(const token& t) {
  if (!t.star_before)
    return text_term(t, search_field::words, true);
  if (characters_of(t.head) < 3)
    refuse(t.raw, "needs three characters or more");
  search_term term{.field = search_field::name};
  term.text = t.head;
  return term;
}

search_term comparison(const token& t) {
  constexpr std::array<std::string_view, 6> sizes{"x", "y", "z", "c", "t", "bytes"};
  refuse_stars(t, false);
  if (t.head.empty() || t.tail.empty())
    refuse(t.raw, "compares with nothing on one side");
  const auto key = lower(t.head);
  search_term term;
  term.comparison = t.operation;
  const bool size = std::find(sizes.begin(), sizes.end(), key) != sizes.end();
  if (!t.head_quoted && (size || key == "rating")) {
    term.field = size ? search_field::size : search_field::rating;
    term.key = size ? key : "";
    term.number = number_of(t);
    if (size && (std::trunc(term.number) != term.number || std::abs(term.number) > 1e15))
      refuse(t.raw, "compares a size with something that is no whole number");
    return term;
  }
  term.field = search_field::pair;
  term.key = t.head;
  if (t.operation == "=")
    term.text = t.tail;
  else
    term.number = number_of(t);
  return term;
}

search_term period(const token& t, search_field field, std::string_view from,
                   std::string_view until) {
  search_term term{.field = field};
  try {
    if (!from.empty())
      term.from = period_of(from).begin;
    if (!until.empty())
      term.until = period_of(until).end;
  } catch (const failure&) {
    refuse(t.raw, "has a date that is none: 2024, 2024-03 and 2024-03-15 are");
  }
  return term;
}

search_term dates(const token& t, search_field field) {
  const auto dots = t.tail.find("..");
  if (dots == std::string::npos)
    return period(t, field, t.tail, t.tail);
  if (t.tail == "..")
    refuse(t.raw, "has no date");
  const std::string_view tail = t.tail;
  return period(t, field, tail.substr(0, dots), tail.substr(dots + 2));
}

search_term before(const token& t) {
  auto term = period(t, search_field::created, t.tail, "");
  std::swap(term.from, term.until);
  return term;
}

search_term inside(const token& t) {
  constexpr std::array holders{object_type::project, object_type::dataset,
                               object_type::screen, object_type::plate,
                               object_type::folder};
  const auto colon = t.tail.find(':');
  const auto name = lower(std::string_view{t.tail}.substr(0, colon));
  search_term term{.field = search_field::inside};
  for (auto type : holders)
    if (name_of(type) == name)
      term.types = {type};
  const auto* end = t.tail.data() + t.tail.size();
  const auto* digits = colon == std::string::npos ? end : t.tail.data() + colon + 1;
  const auto [at, wrong] = std::from_chars(digits, end, term.id);
  if (term.types.empty() || wrong != std::errc{} || at != end || term.id <= 0)
    refuse(t.raw,
           "is not like in:dataset:5, of a project, dataset, screen, plate or folder");
  return term;
}

search_term types(const token& t) {
  search_term term{.field = search_field::type};
  term.types = search_types(lower(t.tail));
  return term;
}

search_term field(const token& t) {
  const auto name = lower(t.head);
  if (t.tail.empty())
    refuse(t.raw, "has nothing to look for");
  if (name == "tag")
    return text_term(t, search_field::tag, true);
  if (name == "file")
    return text_term(t, search_field::file, true);
  refuse_stars(t, false);
  if (name == "owner")
    return text_term(t, search_field::owner, false);
  if (name == "group")
    return text_term(t, search_field::group, false);
  if (name == "format")
    return text_term(t, search_field::format, false);
  if (name == "after")
    return period(t, search_field::created, t.tail, "");
  if (name == "before")
    return before(t);
  if (name == "created")
    return dates(t, search_field::created);
  if (name == "acquired")
    return dates(t, search_field::acquired);
  if (name == "type")
    return types(t);
  if (name == "in")
    return inside(t);
  refuse(t.raw, fmt::format("asks for \"{}:\", which there is not; in quotes it is words",
                            t.head));
}

search_term term_of(const token& t) {
  auto term = t.operation.empty()  ? word(t)
              : t.operation == ":" ? field(t)
                                   : comparison(t);
  term.negated = t.negated;
  return term;
}

} // namespace

std::vector<object_type> search_types(std::string_view list) {
  constexpr std::array known{object_type::project, object_type::dataset,
                             object_type::image,   object_type::screen,
                             object_type::plate,   object_type::folder};
  std::vector<object_type> types;
  while (!list.empty()) {
    const auto comma = list.find(',');
    const auto type = object_type_named(list.substr(0, comma));
    if (std::find(known.begin(), known.end(), type) == known.end())
      refuse(name_of(type), "is no type that is searched");
    types.push_back(type);
    list = comma == std::string_view::npos ? "" : list.substr(comma + 1);
  }
  return types;
}

std::vector<search_term> parse_search(std::string_view text) {
  check_text("search", text, longest_search);
  std::vector<search_term> terms;
  scanner words{text};
  while (auto t = words.next()) {
    if (terms.size() == most_terms)
      refuse(t->raw, fmt::format("is one too many: {} words at most", most_terms));
    terms.push_back(term_of(*t));
  }
  return terms;
}

} // namespace troupe
