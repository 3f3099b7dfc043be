#include "tests/support/running_server.hpp"

#include <fmt/format.h>

#include <csignal>
#include <fstream>

namespace troupe::test {

namespace fs = std::filesystem;

namespace {

/// A process that ended and waits to be collected does not.
bool lives(pid_t pid) {
  const auto stat = text_of_file(fmt::format("/proc/{}/stat", pid));
  const auto after_name = stat.rfind(')');
  return after_name != stat.npos && stat.at(after_name + 2) != 'Z';
}

std::string last_lines(const std::string& text) {
  return text.substr(text.size() - std::min<size_t>(text.size(), 2000));
}

} // namespace

running_server::running_server(const start_options& how) {
  fs::create_directory(data());
  fs::permissions(data(), fs::perms{0711});
  write_text(folder_ / "password", password);
  start(how);
}

running_server::~running_server() {
  process_.reset();
  comes_true([this] { return postgres() == 0; }, 20s); // before its folder goes
}

void running_server::start(const start_options& how) {
  process_.reset();
  std::error_code ignored;
  fs::remove(data() / "url", ignored);
  words arguments{"serve",    "--data",       data(), "--listen",
                  how.listen, "--log-format", "json"};
  arguments.insert(arguments.end(), how.arguments.begin(), how.arguments.end());
  auto environment = how.environment;
  environment["TROUPE_ROOT_PASSWORD"] = password;
  if (!how.fault_point.empty())
    environment["TROUPE_FAULT_POINT"] = how.fault_point;
  process_ =
    std::make_unique<program>(arguments, environment, folder_ / "log", folder_ / "log");
  if (how.wait)
    wait_until_ready();
}

void running_server::wait_until_ready() {
  const auto announced = comes_true([this] {
    url_ = text_of_file(data() / "url");
    return url_.ends_with('\n') || process_->wait(0ms);
  });
  if (!url_.empty())
    url_.pop_back();
  root_.reset();
  if (!announced || process_->wait(0ms) || !is_ready())
    throw std::runtime_error{"the server does not start:\n" + last_lines(log())};
}

bool running_server::is_ready(std::chrono::milliseconds patience) const {
  auto asker = nobody();
  return comes_true([&] { return asker.get("/readyz").status == 200; }, patience);
}

int running_server::stop() {
  process_->send(SIGTERM);
  if (auto code = process_->wait(60s))
    return *code;
  kill();
  return -SIGKILL;
}

void running_server::kill() {
  process_->send(SIGKILL);
  process_->wait(20s);
}

bool running_server::has_ended(std::chrono::milliseconds patience) {
  return process_->wait(patience).has_value();
}

int running_server::port() const {
  return std::stoi(url_.substr(url_.rfind(':') + 1));
}

pid_t running_server::postgres() const {
  std::ifstream in{data() / "postgres" / "postmaster.pid"};
  pid_t pid = 0;
  return in >> pid && lives(pid) ? pid : 0;
}

api& running_server::root() {
  if (token_.empty())
    token_ = signed_in("root").token();
  if (!root_)
    root_ = std::make_unique<api>(url_, token_);
  return *root_;
}

api running_server::signed_in(const std::string& login, const std::string& with) {
  const auto session =
    nobody().make("/api/v1/session", {{"login", login}, {"password", with}});
  return api{url_, session.at("token")};
}

api running_server::add_user(const std::string& login, bool admin) {
  words arguments{"user",   "add", login, "--password-file", folder_ / "password",
                  "--data", data()};
  if (admin)
    arguments.push_back("--admin");
  if (auto result = run_troupe(arguments); result.code != 0)
    throw std::runtime_error{"troupe user add: " + result.err};
  return signed_in(login);
}

json running_server::status() {
  answer a;
  comes_true([&] {
    a = root().get("/api/v1/status");
    return a.status != 503;
  });
  return a.document();
}

void running_server::restart_room(const std::string& name) {
  const auto path = fmt::format("/api/v1/status/actors/{}/restart", name);
  if (auto a = root().post(path); a.status != 202 && a.status != 503)
    throw std::runtime_error{fmt::format("POST {}: {} {}", path, a.status, a.body)};
}

running_server& shared_server() {
  static running_server one;
  return one;
}

} // namespace troupe::test
