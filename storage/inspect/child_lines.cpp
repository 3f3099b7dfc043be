#include "storage/inspect/child.hpp"
#include "storage/inspect/inspection_json.hpp"

#include <nlohmann/json.hpp>

namespace troupe {
namespace {

using nlohmann::json;

} // namespace

std::vector<std::string> inspector_arguments(const inspection_request& what) {
  std::vector<std::string> words{
    "inspect",         "--child",
    "--file",          std::filesystem::absolute(what.file).string(),
    "--measure-up-to", std::to_string(what.measure_up_to),
    "--deadline",      std::to_string(what.deadline.count()),
    "--memory-limit",  std::to_string(what.memory_limit)};
  if (what.derive)
    words.insert(words.end(), {"--derive", what.derive->folder.string(), "--series",
                               std::to_string(what.derive->series), "--derive-limit",
                               std::to_string(what.derive->most_bytes)});
  return words;
}

std::string progress_line(double done) {
  return json{{"progress", done}}.dump();
}

std::string result_line(const inspection& x) {
  return R"({"result":)" + to_json(x) + "}";
}

std::string error_line(const failure& e, bool no_image) {
  const json line{
    {"error",
     {{"code", static_cast<int>(e.code)}, {"detail", e.what()}, {"no_image", no_image}}}};
  return line.dump(-1, ' ', false, json::error_handler_t::replace);
}

void child_answer::take(const std::string& line) {
  constexpr std::string_view result_start = R"({"result":)";
  if (line.starts_with(result_start)) {
    result = inspection_of_json(
      line.substr(result_start.size(), line.size() - result_start.size() - 1));
    return;
  }
  try {
    const auto j = json::parse(line);
    if (j.contains("progress")) {
      progress = j.at("progress").get<double>();
      return;
    }
    const auto& told = j.at("error");
    error.emplace(static_cast<errc>(told.at("code").get<uint8_t>()),
                  told.at("detail").get<std::string>());
    no_image = told.at("no_image").get<bool>();
  } catch (const json::exception& e) {
    throw failure{errc::internal, std::string{"a line of an inspection: "} + e.what()};
  }
}

} // namespace troupe
