#include "actors/import_run.hpp"

#include "storage/files/fault_point.hpp"
#include "storage/render/draw.hpp"

#include <fmt/format.h>

#include <sys/stat.h>

namespace troupe {

namespace fs = std::filesystem;

namespace {

/// Decoded bytes up to which every plane is read before the import counts as done.
constexpr int64_t measure_at_once = int64_t{512} << 20;

int64_t modified_ns(const fs::path& file) {
  struct stat s {};
  if (::stat(file.c_str(), &s) != 0)
    throw failure{errc::unreadable, file.string() + ": it is not there any more"};
  return int64_t{s.st_mtim.tv_sec} * 1'000'000'000 + s.st_mtim.tv_nsec;
}

std::string file_name(const std::string& client_path) {
  return fs::path{client_path}.filename().string();
}

/// "cells.ome.tif" or, with several series, "cells.ome.tif [DAPI]".
std::string image_name(const std::string& file, const formats::description& what,
                       size_t series) {
  if (what.images.size() == 1)
    return file;
  auto& own = what.images[series].name;
  return fmt::format("{} [{}]", file, own.empty() ? std::to_string(series) : own);
}

bool in_staging(import_state s) {
  return s < import_state::placed;
}

} // namespace

void database_line::throw_as_failure(const caf::error& e) {
  if (e.category() == caf::atom("troupe") && e.context().match_elements<std::string>())
    throw failure{static_cast<errc>(e.code()), e.context().get_as<std::string>(0)};
  throw failure{errc::unavailable, "the database does not answer"};
}

std::vector<render::settings> default_views(const inspection& found) {
  std::vector<render::settings> out;
  for (size_t i = 0; i < found.what.images.size(); ++i) {
    auto& image = found.what.images[i];
    std::vector<render::channel_facts> facts;
    for (size_t c = 0; c < image.channels.size(); ++c) {
      auto& ch = image.channels[c];
      render::channel_facts f{image.type,  image.significant_bits, image.rgb, ch.color,
                              ch.emission, ch.excitation,          {}};
      for (auto* ranges : {&found.measured, &found.estimated})
        if (!f.range && i < ranges->size() && c < (*ranges)[i].channels.size())
          f.range = std::pair{(*ranges)[i].channels[c].min, (*ranges)[i].channels[c].max};
      facts.push_back(std::move(f));
    }
    out.push_back(render::default_settings(facts));
  }
  return out;
}

import_file in_place_file(const std::string& path, const configuration& config) {
  std::error_code error;
  auto real = fs::canonical(path, error);
  if (error || !fs::path{path}.is_absolute())
    throw failure{errc::not_found, "no such file on the server: " + path};
  auto below = [&](const fs::path& root) {
    auto resolved = fs::canonical(root, error);
    if (error)
      return false;
    auto [at_root, at_file] =
      std::mismatch(resolved.begin(), resolved.end(), real.begin(), real.end());
    return at_root == resolved.end() && at_file != real.end();
  };
  if (std::none_of(config.in_place_roots.begin(), config.in_place_roots.end(), below))
    throw failure{errc::denied,
                  path + ": not below one of the configured in-place folders"};
  if (!fs::is_regular_file(real))
    throw failure{errc::bad_request, path + ": not a regular file"};
  import_file out;
  out.path = real.string();
  out.bytes = static_cast<int64_t>(fs::file_size(real));
  return out;
}

import_run::import_run(database_line& database, const configuration& config,
                       import_record record, std::vector<std::string> claimed_hashes,
                       import_progress& progress)
  : database_{database},
    config_{config},
    files_{config.data},
    record_{std::move(record)},
    claimed_{std::move(claimed_hashes)},
    progress_{progress},
    found_(record_.files.size()) {}

import_record import_run::finish() {
  try {
    if (record_.state == import_state::uploading)
      hash();
    if (record_.state == import_state::verified)
      parse();
    if (record_.state == import_state::parsed)
      place();
    return enrol();
  } catch (const failure& e) {
    auto stopped = progress_.halt && !progress_.cancelled;
    if (stopped || e.code == errc::unavailable)
      throw; // the next start goes on
    // Files first: what is recorded as ended is not looked at again.
    if (!record_.in_place) {
      files_.withdraw(record_.id);
      files_.discard_staging(record_.id);
    }
    if (progress_.cancelled)
      advance(import_state::cancelled);
    else
      fail(e.what());
    throw;
  }
}

fs::path import_run::working_file(size_t index) const {
  if (record_.in_place)
    return record_.files[index].path;
  if (in_staging(record_.state))
    return files_.staged_file(record_.id, static_cast<int32_t>(index));
  return files_.absolute(managed_directory::original_prefix(record_.id))
         / placed_name(index);
}

/// Empty for a file that was refused. Several files get a folder each, so that the same
/// name may come twice.
std::string import_run::placed_name(size_t index) const {
  auto& f = record_.files[index];
  if (!f.error.empty())
    return "";
  auto name = safe_file_name(f.path);
  return record_.files.size() == 1 ? name : fmt::format("{}/{}", index, name);
}

void import_run::advance(import_state to) {
  advance_import step{.import = record_.id, .to = to, .committed = true};
  for (auto& f : record_.files) {
    if (to == import_state::verified)
      step.hashes.push_back(f.sha256);
    step.file_errors.push_back(f.error);
  }
  database_.ask(std::move(step));
  record_.state = to;
}

void import_run::fail(const std::string& reason) {
  advance_import step{.import = record_.id, .to = import_state::failed, .error = reason};
  for (auto& f : record_.files)
    step.file_errors.push_back(f.error);
  database_.ask(std::move(step));
  record_.state = import_state::failed;
}

void import_run::hash() {
  progress_.stage = "verifying";
  int64_t total = 0, read = 0;
  for (auto& f : record_.files)
    total += f.bytes;
  for (size_t i = 0; i < record_.files.size(); ++i) {
    auto& f = record_.files[i];
    auto digest = sha256_of_file(working_file(i), progress_.halt, [&](int64_t bytes) {
      read += bytes;
      progress_.fraction =
        total ? 0.4 * static_cast<double>(read) / static_cast<double>(total) : 0.4;
    });
    f.sha256 = to_hex(digest);
    if (i < claimed_.size() && !claimed_[i].empty() && claimed_[i] != f.sha256)
      throw failure{errc::conflict,
                    fmt::format("{}: arrived damaged, SHA-256 is {} and should be {}",
                                f.path, f.sha256, claimed_[i])};
  }
  fault_point("import.hashed");
  advance(import_state::verified);
  fault_point("import.verified");
}

inspection import_run::inspect(const fs::path& file, double from, double to) {
  inspection_request request;
  request.file = file;
  request.measure_up_to = measure_at_once;
  return inspect_in_child(request, progress_.halt, [&](double done) {
    progress_.fraction = from + (to - from) * done;
  });
}

void import_run::parse() {
  progress_.stage = "reading";
  auto n = record_.files.size();
  size_t accepted = 0;
  for (size_t i = 0; i < n; ++i) {
    auto part = 0.5 / static_cast<double>(n);
    auto start = 0.4 + part * static_cast<double>(i);
    try {
      found_[i] = inspect(working_file(i), start, start + part);
      record_.files[i].error.clear();
      ++accepted;
    } catch (const failure& e) {
      if (e.code != errc::unreadable)
        throw;
      // The reader knows the staged name; people know their own.
      std::string reason = e.what();
      auto staged = working_file(i).filename().string() + ": ";
      if (reason.starts_with(staged))
        reason = reason.substr(staged.size());
      record_.files[i].error = file_name(record_.files[i].path) + ": " + reason;
    }
  }
  if (accepted == 0)
    throw failure{errc::unreadable, record_.files.at(0).error};
  fault_point("import.read");
  advance(import_state::parsed);
  fault_point("import.parsed");
}

void import_run::place() {
  progress_.stage = "placing";
  progress_.fraction = 0.9;
  if (!record_.in_place) {
    std::vector<std::string> names;
    for (size_t i = 0; i < record_.files.size(); ++i)
      names.push_back(placed_name(i));
    files_.place(record_.id, names);
  }
  fault_point("import.moved");
  advance(import_state::placed);
  fault_point("import.placed");
}

new_fileset import_run::fileset_of(size_t index) {
  auto& f = record_.files[index];
  auto at = working_file(index);
  if (!found_[index])
    found_[index] = inspect(at, 0.9, 0.95);
  new_fileset out;
  out.found = std::move(*found_[index]);
  out.prefix = record_.in_place ? at.parent_path().string()
                                : managed_directory::original_prefix(record_.id);
  if (!record_.in_place && record_.files.size() > 1)
    out.prefix += "/" + std::to_string(index);
  out.format = out.found.what.format;
  out.files.push_back({at.filename().string(), f.path, f.sha256, f.bytes,
                       record_.in_place ? modified_ns(at) : 0});
  out.main_import_file = static_cast<int32_t>(index);
  out.settings = default_views(out.found);
  for (size_t s = 0; s < out.found.what.images.size(); ++s)
    out.names.push_back(image_name(file_name(f.path), out.found.what, s));
  return out;
}

import_record import_run::enrol() {
  progress_.stage = "registering";
  progress_.fraction = 0.95;
  auto what = std::make_shared<registration>();
  for (size_t i = 0; i < record_.files.size(); ++i)
    if (record_.files[i].error.empty())
      what->filesets.push_back(fileset_of(i));
  if (progress_.halt)
    throw failure{errc::gone, "cancelled"};
  auto enrolled = database_.ask(register_import{.import = record_.id, .what = what});
  fault_point("import.enrolled");
  if (!record_.in_place)
    files_.discard_staging(record_.id);
  progress_.fraction = 1;
  return enrolled;
}

} // namespace troupe
