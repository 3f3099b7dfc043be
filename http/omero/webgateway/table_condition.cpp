#include "http/omero/webgateway/table_condition.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <variant>

namespace troupe::http::omero {

namespace {

constexpr int deepest = 100; ///< brackets in brackets

std::optional<double> number_in_word(std::string_view text) {
  double n = 0;
  const auto end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, n);
  return !text.empty() && error == std::errc{} && at == end ? std::optional{n}
                                                            : std::nullopt;
}

/// A column, a number, or a text in quotes.
using operand = std::variant<size_t, double, std::string>;

class condition_reader {
public:
  condition_reader(std::string_view text, const value_table& table)
    : rest_{text},
      table_{table} {}

  row_condition read() {
    auto all = any_of();
    skip_blanks();
    if (!rest_.empty())
      refuse();
    return all;
  }

private:
  [[noreturn]] void refuse() const {
    throw failure{errc::bad_request, fmt::format("the condition cannot be understood at "
                                                 "'{}'",
                                                 rest_.substr(0, 40))};
  }

  void skip_blanks() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
  }

  bool take(std::string_view sign) {
    skip_blanks();
    if (!rest_.starts_with(sign))
      return false;
    rest_.remove_prefix(sign.size());
    return true;
  }

  row_condition any_of() {
    auto left = all_of();
    while (take("|")) {
      auto right = all_of();
      left = [left = std::move(left), right = std::move(right)](size_t row) {
        return left(row) || right(row);
      };
    }
    return left;
  }

  row_condition all_of() {
    auto left = single();
    while (take("&")) {
      auto right = single();
      left = [left = std::move(left), right = std::move(right)](size_t row) {
        return left(row) && right(row);
      };
    }
    return left;
  }

  row_condition single() {
    if (++depth_ > deepest)
      refuse();
    auto out = take("~") ? negated(single()) : take("(") ? bracketed() : comparison();
    --depth_;
    return out;
  }

  static row_condition negated(row_condition inner) {
    return [inner = std::move(inner)](size_t row) { return !inner(row); };
  }

  row_condition bracketed() {
    auto inner = any_of();
    if (!take(")"))
      refuse();
    return inner;
  }

  row_condition comparison() {
    auto left = value();
    const auto how = sign();
    auto right = value();
    return [how, left = std::move(left), right = std::move(right), &table = table_](
             size_t row) { return compare(how, order_of(left, right, row, table)); };
  }

  std::string_view sign() {
    for (std::string_view s : {"==", "!=", "<=", ">=", "<", ">"})
      if (take(s))
        return s;
    refuse();
  }

  operand value() {
    skip_blanks();
    if (rest_.starts_with('\'') || rest_.starts_with('"'))
      return quoted();
    const auto end = std::min(rest_.find_first_of(" \t\r\n=!<>&|~()"), rest_.size());
    const auto word = rest_.substr(0, end);
    if (word.empty())
      refuse();
    rest_.remove_prefix(end);
    if (auto n = number_in_word(word))
      return *n;
    return table_.column_named(word);
  }

  std::string quoted() {
    const auto mark = rest_.front();
    const auto end = rest_.find(mark, 1);
    if (end == rest_.npos)
      refuse();
    std::string out{rest_.substr(1, end - 1)};
    rest_.remove_prefix(end + 1);
    return out;
  }

  /// Less than, equal or greater; nothing for what has no order.
  static std::optional<int> order_of(const operand& a, const operand& b, size_t row,
                                     const value_table& table) {
    const auto left = word_of(a, row, table), right = word_of(b, row, table);
    const auto x = number_in_word(left), y = number_in_word(right);
    if (x && y)
      return *x < *y ? -1 : *x > *y ? 1 : *x == *y ? std::optional{0} : std::nullopt;
    return left.compare(right) < 0 ? -1 : left == right ? 0 : 1;
  }

  static std::string word_of(const operand& o, size_t row, const value_table& table) {
    if (auto* column = std::get_if<size_t>(&o))
      return table.text(row, *column);
    if (auto* number = std::get_if<double>(&o))
      return fmt::format("{}", *number);
    return std::get<std::string>(o);
  }

  static bool compare(std::string_view sign, std::optional<int> order) {
    if (!order)
      return sign == "!=";
    return sign == "=="   ? *order == 0
           : sign == "!=" ? *order != 0
           : sign == "<=" ? *order <= 0
           : sign == ">=" ? *order >= 0
           : sign == "<"  ? *order < 0
                          : *order > 0;
  }

  std::string_view rest_;
  const value_table& table_;
  int depth_ = 0;
};

/// "Well-7" is "Well==7".
std::string spelled_out(std::string_view text) {
  const auto dash = text.find('-');
  if (dash == text.npos || dash == 0)
    return std::string{text};
  const auto name = text.substr(0, dash), number = text.substr(dash + 1);
  const auto is_word = std::ranges::all_of(
    name, [](unsigned char c) { return std::isalnum(c) || c == '_'; });
  const auto is_id = !number.empty() && std::ranges::all_of(number, [](unsigned char c) {
    return std::isdigit(c) != 0;
  });
  return is_word && is_id ? fmt::format("{}=={}", name, number) : std::string{text};
}

} // namespace

row_condition condition_in(std::string_view text, const value_table& table) {
  if (text == "*")
    return [](size_t) { return true; };
  return condition_reader{spelled_out(text), table}.read();
}

} // namespace troupe::http::omero
