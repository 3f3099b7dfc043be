#include "http/commands/ask_database.hpp"
#include "http/commands/commands.hpp"
#include "schema/password.hpp"
#include "schema/queries/reset_links.hpp"

#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

namespace troupe::http {

namespace {

std::string read_line(std::istream& in) {
  std::string line;
  std::getline(in, line);
  return line;
}

/// From the file, or asked for on the terminal without showing it.
std::string read_password(const std::string& file) {
  if (!file.empty()) {
    std::ifstream in{file};
    if (!in)
      throw failure{errc::not_found, file + ": cannot be read"};
    return read_line(in);
  }
  if (!::isatty(STDIN_FILENO))
    return read_line(std::cin);
  std::cerr << "Password: " << std::flush;
  termios shown{};
  ::tcgetattr(STDIN_FILENO, &shown);
  auto hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
  auto password = read_line(std::cin);
  ::tcsetattr(STDIN_FILENO, TCSANOW, &shown);
  std::cerr << '\n';
  return password;
}

struct given_words {
  std::string login, password_file, first_name, last_name, email;
  bool admin = false;
  std::unique_ptr<setting_flags> settings;
};

/// Prints the link; who has it sets the password.
void print_reset_link(const configuration& config, const std::string& login) {
  const auto person = ask_database(config, find_account{login, ""});
  if (person.id == 0)
    throw failure{errc::not_found, "account " + login};
  const auto token = new_token();
  const auto made =
    ask_database(config, make_reset_link{the_server(), person.id, hash_token(token),
                                         static_cast<int32_t>(config.reset_link_hours)});
  fmt::print("{}/reset/{}\ngood once, until {}\n",
             config.public_url.empty() ? "http://" + config.listen : config.public_url,
             token, made.expires);
}

} // namespace

std::function<int()> add_user(CLI::App& verb) {
  verb.require_subcommand(1);
  auto* add = verb.add_subcommand("add", "make an account in the default group");
  auto* passwd =
    verb.add_subcommand("passwd", "set a password, also with the server stopped");
  auto* reset =
    verb.add_subcommand("reset", "print a link that sets a new password, once");
  auto resetting = std::make_shared<given_words>();
  reset->add_option("login", resetting->login, "whose password")->required();
  resetting->settings = std::make_unique<setting_flags>(*reset);
  auto adding = std::make_shared<given_words>(),
       changing = std::make_shared<given_words>();
  for (auto& [sub, w] : {std::pair{add, adding}, std::pair{passwd, changing}}) {
    sub->add_option("login", w->login, "name to sign in with")->required();
    sub->add_option("--password-file", w->password_file,
                    "read the password from this file");
    w->settings = std::make_unique<setting_flags>(*sub);
  }
  add->add_flag("--admin", adding->admin, "sees and does everything");
  add->add_option("--first-name", adding->first_name);
  add->add_option("--last-name", adding->last_name);
  add->add_option("--email", adding->email);
  return [=] {
    if (add->parsed()) {
      auto config = adding->settings->load().values;
      auto secret = hash_password(read_password(adding->password_file), adding->login,
                                  config.password_length);
      auto made = ask_database(
        config, create_account{.login = adding->login,
                               .first_name = adding->first_name,
                               .last_name = adding->last_name.empty() ? adding->login
                                                                      : adding->last_name,
                               .email = adding->email,
                               .secret = secret,
                               .admin = adding->admin});
      fmt::print("account {} is {}\n", made.id, made.login);
    } else if (reset->parsed()) {
      print_reset_link(resetting->settings->load().values, resetting->login);
    } else {
      auto config = changing->settings->load().values;
      ask_database(config,
                   set_secret{changing->login,
                              hash_password(read_password(changing->password_file),
                                            changing->login, config.password_length)});
      fmt::print("the password of {} is set, its sessions are closed\n", changing->login);
    }
    return all_done;
  };
}

} // namespace troupe::http
