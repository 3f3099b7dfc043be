#include "tests/support/scratch_database.hpp"

#include "schema/connection.hpp"
#include "schema/embedded.hpp"
#include "schema/migrate.hpp"
#include "schema/password.hpp"
#include "schema/queries/accounts.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>

namespace troupe::test {

namespace fs = std::filesystem;

namespace {

// The same server and user, another database.
std::string with_database(const std::string& uri, const std::string& name) {
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed{
      PQconninfoParse(uri.c_str(), nullptr), PQconninfoFree};
  if (!parsed)
    throw std::runtime_error{"TROUPE_TEST_DATABASE is not a PostgreSQL URI"};
  std::string text;
  for (auto* p = parsed.get(); p->keyword; ++p)
    if (p->val && *p->val && std::string_view{p->keyword} != "dbname")
      text += fmt::format("{}='{}' ", p->keyword, p->val);
  return text + "dbname='" + name + "'";
}

class temporary_folder {
public:
  temporary_folder() {
    std::string pattern = fs::temp_directory_path() / "troupe-database-XXXXXX";
    if (!mkdtemp(pattern.data()))
      throw std::runtime_error{"no temporary folder: " + pattern};
    path = pattern;
  }
  ~temporary_folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  fs::path path;
};

struct embedded_in_folder {
  embedded_in_folder() {
    postgres.initialise();
    postgres.start();
  }
  temporary_folder folder;
  embedded_postgres postgres{folder.path};
};

/// The server of this test process, with a migrated database to copy from.
class scratch_server {
public:
  scratch_server() {
    if (const char* given = std::getenv("TROUPE_TEST_DATABASE"))
      uri_ = given;
    else
      uri_ = embedded_.emplace().postgres.uri();
    create(model_);
    soci::session sql;
    connect(sql, {.uri = with_database(uri_, model_)});
    migrate(sql);
  }
  ~scratch_server() {
    if (!embedded_)
      drop(model_);
  }

  std::string uri_of(const std::string& name) const { return with_database(uri_, name); }
  std::string new_name() { return fmt::format("scratch_{}_{}", getpid(), ++count_); }
  void create(const std::string& name) { execute("create database " + name); }
  void copy(const std::string& name) {
    execute(fmt::format("create database {} template {}", name, model_));
  }
  void drop(const std::string& name) {
    execute(fmt::format("drop database if exists {} with (force)", name));
  }

private:
  void execute(const std::string& statement) {
    soci::session sql;
    connect(sql, {.uri = uri_});
    sql << statement;
  }

  std::optional<embedded_in_folder> embedded_;
  std::string uri_;
  std::string model_ = fmt::format("scratch_{}_model", getpid());
  int count_ = 0;
};

scratch_server& server() {
  static scratch_server one;
  return one;
}

} // namespace

scratch_database::scratch_database(content what) : name_{server().new_name()} {
  what == content::migrated ? server().copy(name_) : server().create(name_);
  uri_ = server().uri_of(name_);
  connect(sql_, {.uri = uri_});
}

scratch_database::~scratch_database() {
  sql_.close();
  try {
    server().drop(name_);
  } catch (const std::exception&) {
    // A test that breaks the server loses the database with it.
  }
}

viewer scratch_database::add_account(const std::string& login, bool admin,
                                     const std::string& group) {
  auto made = ask(create_account{.login = login, .admin = admin, .group = group});
  return ask(open_session{.account = made.id, .token_hash = hash_token(login)}).who;
}

import_record scratch_database::add_import(const viewer& who,
                                           const std::vector<std::string>& files,
                                           int64_t dataset) {
  create_import question{.who = who, .dataset = dataset};
  for (const auto& path : files)
    question.files.push_back({.path = path, .bytes = 1000, .sha256 = hash_token(path)});
  auto id = ask(question).id;
  ask(advance_import{.import = id, .to = import_state::uploading, .committed = true});
  ask(advance_import{.import = id, .to = import_state::verified, .files = question.files});
  ask(advance_import{.import = id, .to = import_state::parsed});
  ask(advance_import{.import = id, .to = import_state::placed});
  return ask(find_import{who, id});
}

int64_t scratch_database::add_image(const viewer& who, const std::string& name,
                                    int64_t dataset) {
  auto import = add_import(who, {name}, dataset);
  auto what = std::make_shared<registration>();
  what->filesets.push_back(sample_fileset(name));
  return ask(register_import{import.id, what}).files.at(0).images.at(0).id;
}

new_fileset sample_fileset(const std::string& name, int32_t main, bool measured,
                           size_t series) {
  new_fileset fileset{.prefix = "originals/000/000/000000001", .format = "TIFF"};
  fileset.files.push_back({name, "/home/ada/" + name, hash_token(name), 1000, 0});
  fileset.main_import_file = main;
  fileset.found.what.format = "TIFF";
  for (size_t i = 0; i < series; ++i) {
    formats::series s{
        .name = name, .size = {512, 256, 3, 2, 1}, .type = pixel_type::uint16};
    s.channels = {{.name = "DAPI", .color = rgba{0, 0, 255, 255}, .emission = 461.0},
                  {.name = "GFP"}};
    s.levels = {{512, 256}, {256, 128}};
    s.tile = {512, 16};
    fileset.found.what.images.push_back(s);
    if (measured)
      fileset.found.measured.push_back({{{1, 900}, {2, 800}}});
    fileset.names.push_back(series == 1 ? name : name + " [" + std::to_string(i) + "]");
    render::settings view;
    view.channels = {{.index = 0, .start = 1, .end = 900, .color = {0, 0, 255, 255}},
                     {.index = 1, .start = 2, .end = 800, .color = {0, 255, 0, 255}}};
    fileset.settings.push_back(view);
  }
  return fileset;
}

errc scratch_database::code_of_current_exception() {
  try {
    rethrow_as_failure(sql_);
  } catch (const failure& f) {
    return f.code;
  }
}

} // namespace troupe::test
