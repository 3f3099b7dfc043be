// The database cluster as files: whose it is, what it is, who still runs on it.

#pragma once

#include "schema/child_process.hpp"

namespace troupe {

/// What lies where in a data folder.
struct cluster_files {
  std::filesystem::path data;
  std::filesystem::path cluster() const { return data / "postgres"; }
  std::filesystem::path unfinished() const { return data / "postgres.new"; }
  std::filesystem::path sockets() const { return data / "run"; }
  std::filesystem::path log() const { return data / "log" / "postgres.log"; }
};

/// @returns the highest of /usr/lib/postgresql/<version>/bin, or that of the cluster's
///          version when there is a cluster.
/// @throws failure{unavailable} when it is not installed.
std::filesystem::path find_programs(const cluster_files& files);

/// Creates the folders and gives the account what it needs.
/// @throws failure{unavailable} naming the folder the account cannot enter.
void prepare_folders(const cluster_files& files,
                     const std::optional<system_account>& account);

/// @returns the process that runs on this cluster, which may be no child of ours.
std::optional<pid_t> running_postmaster(const cluster_files& files);

/// @returns the end of the log from `start` on, at most ten lines.
std::string log_tail(const cluster_files& files, std::uintmax_t start);
std::uintmax_t log_size(const cluster_files& files);

} // namespace troupe
