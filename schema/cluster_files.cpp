#include "schema/cluster_files.hpp"

#include "storage/failure.hpp"

#include <fmt/format.h>

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <fstream>

namespace troupe {

namespace fs = std::filesystem;

namespace {

[[noreturn]] void fail(const fs::path& path, const std::string& why) {
  throw failure{errc::unavailable, path.string() + ": " + why};
}

int number_in(const std::string& text) {
  int number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string first_line_of(const fs::path& file) {
  std::ifstream in{file};
  std::string line;
  std::getline(in, line);
  return line;
}

struct installation {
  int version = 0;
  fs::path programs;
};

std::vector<installation> installed() {
  std::vector<installation> found;
  std::error_code none;
  for (const auto& folder : fs::directory_iterator{"/usr/lib/postgresql", none}) {
    auto programs = folder.path() / "bin";
    if (access((programs / "postgres").c_str(), X_OK) == 0
        && access((programs / "initdb").c_str(), X_OK) == 0)
      found.push_back({number_in(folder.path().filename()), programs});
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.version > b.version; });
  return found;
}

void own(const fs::path& folder, const std::optional<system_account>& account) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    fail(folder, std::strerror(errno));
  if (chmod(folder.c_str(), 0700) != 0
      || (account && chown(folder.c_str(), account->user, account->group) != 0))
    fail(folder, std::strerror(errno));
}

// The account has no supplementary groups.
bool may_enter(const struct stat& folder, const system_account& account) {
  if (folder.st_uid == account.user)
    return folder.st_mode & S_IXUSR;
  if (folder.st_gid == account.group)
    return folder.st_mode & S_IXGRP;
  return folder.st_mode & S_IXOTH;
}

void check_way(const fs::path& data, const system_account& account) {
  fs::path way;
  for (const auto& step : data) {
    way /= step;
    struct stat folder {};
    if (stat(way.c_str(), &folder) != 0)
      fail(way, std::strerror(errno));
    if (!may_enter(folder, account))
      fail(data, fmt::format(
                   "the account \"{}\" that runs PostgreSQL may not enter {}: choose a "
                   "data folder elsewhere, such as /var/lib/troupe",
                   account.name, way.string()));
  }
}

} // namespace

fs::path find_programs(const cluster_files& files) {
  auto choices = installed();
  if (choices.empty())
    throw failure{errc::unavailable,
                  "PostgreSQL is not installed: nothing in "
                  "/usr/lib/postgresql (Debian: apt install postgresql)"};
  auto cluster = first_line_of(files.cluster() / "PG_VERSION");
  if (cluster.empty())
    return choices.front().programs;
  for (const auto& choice : choices)
    if (choice.version == number_in(cluster))
      return choice.programs;
  fail(files.cluster(), fmt::format("made by PostgreSQL {}, installed is {}", cluster,
                                    choices.front().version));
}

void prepare_folders(const cluster_files& files,
                     const std::optional<system_account>& account) {
  std::error_code error;
  fs::create_directories(files.log().parent_path(), error);
  if (error)
    fail(files.log().parent_path(), error.message());
  if (account) {
    using fs::perms;
    fs::permissions(files.data, perms::group_exec | perms::others_exec,
                    fs::perm_options::add);
    check_way(files.data, *account);
  }
  own(files.sockets(), account);
}

std::optional<pid_t> running_postmaster(const cluster_files& files) {
  pid_t pid = number_in(first_line_of(files.cluster() / "postmaster.pid"));
  if (pid <= 1 || pid == getpid() || (kill(pid, 0) != 0 && errno == ESRCH))
    return std::nullopt;
  // The number may have gone to another program since: a postmaster lives in its cluster.
  std::error_code error;
  auto home = fs::read_symlink(fmt::format("/proc/{}/cwd", pid), error);
  return !error && home == fs::weakly_canonical(files.cluster()) ? std::optional{pid}
                                                                 : std::nullopt;
}

std::uintmax_t log_size(const cluster_files& files) {
  std::error_code error;
  auto size = fs::file_size(files.log(), error);
  return error ? 0 : size;
}

std::string log_tail(const cluster_files& files, std::uintmax_t start) {
  std::ifstream in{files.log()};
  in.seekg(static_cast<std::streamoff>(start));
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  auto first = lines.size() > 10 ? lines.end() - 10 : lines.begin();
  return fmt::format("{}", fmt::join(first, lines.end(), "\n"));
}

} // namespace troupe
