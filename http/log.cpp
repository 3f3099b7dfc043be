#include "http/log.hpp"

#include "storage/failure.hpp"

#include <nlohmann/json.hpp>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <unistd.h>

namespace troupe::http {

namespace {

/// The message as a JSON string: what came from outside cannot break out of it.
class json_text : public spdlog::custom_flag_formatter {
public:
  void format(const spdlog::details::log_msg& m, const std::tm&,
              spdlog::memory_buf_t& out) override {
    auto quoted = nlohmann::json(std::string{m.payload.data(), m.payload.size()})
                    .dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
    out.append(quoted.data(), quoted.data() + quoted.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<json_text>();
  }
};

/// The message on one line: control characters become '?'.
class one_line : public spdlog::custom_flag_formatter {
public:
  void format(const spdlog::details::log_msg& m, const std::tm&,
              spdlog::memory_buf_t& out) override {
    for (auto c : m.payload)
      out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c);
  }
  std::unique_ptr<custom_flag_formatter> clone() const override {
    return std::make_unique<one_line>();
  }
};

} // namespace

void start_log(const configuration& config) {
  auto as_json =
    config.log_format.empty() ? !::isatty(STDERR_FILENO) : config.log_format == "json";
  if (!config.log_format.empty() && config.log_format != "json"
      && config.log_format != "text")
    throw failure{errc::bad_request,
                  "log_format must be text or json, not " + config.log_format};
  auto level = spdlog::level::from_str(config.log_level);
  if (level == spdlog::level::off && config.log_level != "off")
    throw failure{errc::bad_request,
                  "log_level must be debug, info, warn, error or off, not "
                    + config.log_level};
  auto formatter =
    std::make_unique<spdlog::pattern_formatter>(spdlog::pattern_time_type::utc);
  if (as_json)
    formatter->add_flag<json_text>('*').set_pattern(
      R"({"ts":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","msg":%*})");
  else
    formatter->add_flag<one_line>('*').set_pattern("%H:%M:%S.%e %^%-5l%$ %*");
  auto logger = std::make_shared<spdlog::logger>(
    "troupe", std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_formatter(std::move(formatter));
  logger->set_level(level);
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

} // namespace troupe::http
