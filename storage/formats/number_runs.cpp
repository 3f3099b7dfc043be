#include "storage/formats/number_runs.hpp"

#include "storage/failure.hpp"
#include "storage/formats/limits.hpp"

#include <nlohmann/json.hpp>

namespace troupe::formats {

nlohmann::json runs_of(const std::vector<int64_t>& numbers) {
  auto runs = nlohmann::json::array();
  for (size_t i = 0; i < numbers.size();) {
    const auto step = i + 1 < numbers.size() ? numbers[i + 1] - numbers[i] : 0;
    auto end = i + 1;
    while (end < numbers.size() && numbers[end] - numbers[end - 1] == step)
      ++end;
    for (auto number : {numbers[i], step, static_cast<int64_t>(end - i)})
      runs.push_back(number);
    i = end;
  }
  return runs;
}

std::vector<int64_t> numbers_of(const nlohmann::json& runs) {
  const auto parts = runs.get<std::vector<int64_t>>();
  std::vector<int64_t> numbers;
  for (size_t i = 0; i + 2 < parts.size(); i += 3) {
    const auto count = parts[i + 2];
    if (count < 1 || count > limits::max_planes - std::ssize(numbers))
      throw failure{errc::unreadable, "a memo is damaged"};
    for (int64_t n = 0; n < count; ++n)
      numbers.push_back(parts[i] + n * parts[i + 1]);
  }
  return numbers;
}

} // namespace troupe::formats
