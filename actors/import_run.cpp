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

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

/// What people call a fileset: its main file, or its folder as the client called it.
std::string title_of(const import_file& main, const found_set& set) {
  const fs::path inside{set.files.front()};
  fs::path folder{main.path};
  if (set.is_folder)
    for (auto depth = std::distance(inside.begin(), inside.end()); depth > 0; --depth)
      folder = folder.parent_path();
  const auto name = folder.filename().string();
  return name.empty() ? file_name(main.path) : name;
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

/// Files of filesets that will be.
std::vector<std::string> accepted_names(const import_record& record) {
  std::vector<std::string> names;
  for (auto& f : record.files)
    if (f.main && record.files.at(static_cast<size_t>(*f.main)).error.empty())
      names.push_back(f.name);
  return names;
}

std::string worst_reason(const import_record& record) {
  const import_file* worst = nullptr;
  for (auto& f : record.files)
    if (!f.error.empty() && (!worst || (worst->skipped && !f.skipped)))
      worst = &f;
  return worst ? worst->error : "no image among the files";
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

import_run::import_run(database_line& database, const configuration& config,
                       import_record record, known_hashes hashes,
                       import_progress& progress)
  : database_{database},
    config_{config},
    files_{config.data},
    record_{std::move(record)},
    hashes_{std::move(hashes)},
    progress_{progress} {
  for (size_t i = 0; i < record_.files.size(); ++i)
    index_.emplace(record_.files[i].name, i);
}

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

fs::path import_run::root() const {
  if (record_.in_place)
    return "/";
  if (in_staging(record_.state))
    return files_.staged_files(record_.id);
  return files_.absolute(managed_directory::original_prefix(record_.id));
}

std::vector<std::string> import_run::names(bool (*wanted)(const import_file&)) const {
  std::vector<std::string> out;
  for (auto& f : record_.files)
    if (wanted(f))
      out.push_back(f.name);
  return out;
}

void import_run::advance(import_state to) {
  database_.ask(advance_import{
    .import = record_.id, .to = to, .committed = true, .files = record_.files});
  record_.state = to;
}

void import_run::fail(const std::string& reason) {
  database_.ask(advance_import{.import = record_.id,
                               .to = import_state::failed,
                               .error = reason,
                               .files = record_.files});
  record_.state = import_state::failed;
}

std::string import_run::hash_of(size_t index,
                                const std::function<void(int64_t)>& progress) const {
  if (index < hashes_.seen.size() && !hashes_.seen[index].empty())
    return hashes_.seen[index];
  return to_hex(
    sha256_of_file(root() / record_.files[index].name, progress_.halt, progress));
}

void import_run::hash() {
  progress_.stage = "verifying";
  int64_t total = 0, before = 0;
  for (auto& f : record_.files)
    total += f.bytes;
  for (size_t i = 0; i < record_.files.size(); ++i) {
    auto& f = record_.files[i];
    f.sha256 = hash_of(i, [&](int64_t bytes) {
      progress_.fraction =
        0.4 * static_cast<double>(before + bytes) / static_cast<double>(total);
    });
    before += f.bytes;
    if (auto& claimed = hashes_.claimed;
        i < claimed.size() && !claimed[i].empty() && claimed[i] != f.sha256)
      throw failure{errc::conflict,
                    fmt::format("{}: arrived damaged, SHA-256 is {} and should be {}",
                                f.path, f.sha256, claimed[i])};
  }
  if (!record_.in_place)
    files_.sync_staged(record_.id, names([](auto&) { return true; }));
  fault_point("import.hashed");
  advance(import_state::verified);
  fault_point("import.verified");
}

inspection import_run::inspect(const std::string& candidate) const {
  inspection_request request;
  request.file = candidate.empty() ? root() : root() / candidate;
  request.measure_up_to = measure_at_once;
  return inspect_in_child(request, progress_.halt, [](double) {});
}

/// Reads what is worth it. What failed before is not among the names.
void import_run::group(std::vector<std::string> names, double from, double to) {
  groups_.emplace(std::move(names));
  groups_->run([this](const std::string& candidate) { return inspect(candidate); },
               [&](double done) { progress_.fraction = from + (to - from) * done; });
}

/// The reader knows names on disk; people know their own.
void import_run::note_fates() {
  for (auto& f : record_.files) {
    f.main.reset();
    f.error.clear();
    f.skipped = false;
  }
  for (auto& set : groups_->sets)
    for (auto& name : set.listed)
      record_.files[index_.at(name)].main =
        static_cast<int32_t>(index_.at(set.listed.front()));
  for (auto& r : groups_->refusals) {
    const auto first = index_.at(r.listed.front());
    for (auto& name : r.listed)
      record_.files[index_.at(name)].main = static_cast<int32_t>(first);
    auto& f = record_.files[first];
    f.skipped = r.skipped;
    const auto known = fs::path{f.name}.filename().string() + ": ";
    f.error = r.reason.starts_with(known)
                ? file_name(f.path) + ": " + r.reason.substr(known.size())
                : r.reason;
  }
}

void import_run::parse() {
  progress_.stage = "reading";
  group(names([](auto&) { return true; }), 0.4, 0.9);
  note_fates();
  if (groups_->sets.empty())
    throw failure{errc::unreadable, worst_reason(record_)};
  fault_point("import.read");
  advance(import_state::parsed);
  fault_point("import.parsed");
}

void import_run::place() {
  progress_.stage = "placing";
  progress_.fraction = 0.9;
  if (!record_.in_place)
    files_.place(record_.id, accepted_names(record_));
  fault_point("import.moved");
  advance(import_state::placed);
  fault_point("import.placed");
}

/// Their bytes are on disk before any row speaks of them.
void import_run::keep_attachments(const formats::description& what) const {
  for (auto& a : what.about.annotations)
    if (auto file = std::get_if<metadata::attachment>(&a.value))
      files_.keep_attachment(file->bytes.view());
}

/// Files of the set that are there, with what is to be known of them.
std::vector<new_file> import_run::files_of(const found_set& set) const {
  std::vector<new_file> out;
  for (auto& name : set.files) {
    const auto whole = joined(set.folder, name);
    if (const auto known = index_.find(whole); known != index_.end()) {
      auto& f = record_.files[known->second];
      out.push_back({name, f.path, f.sha256, f.bytes});
    } else if (record_.in_place && fs::exists("/" + whole)) {
      const auto at = in_place_path("/" + whole, config_);
      out.push_back({name, "/" + whole, to_hex(sha256_of_file(at, progress_.halt, {})),
                     static_cast<int64_t>(fs::file_size(at))});
    }
    if (record_.in_place && !out.empty() && out.back().name == name)
      out.back().modified_ns = modified_ns("/" + whole);
  }
  return out;
}

new_fileset import_run::fileset_of(found_set& set) const {
  const auto main = index_.at(set.listed.front());
  new_fileset out;
  out.files = files_of(set);
  out.found = std::move(set.found);
  keep_attachments(out.found.what);
  out.prefix = record_.in_place
                 ? "/" + set.folder
                 : joined(managed_directory::original_prefix(record_.id), set.folder);
  out.format = out.found.what.format;
  out.main_import_file = static_cast<int32_t>(main);
  out.settings = default_views(out.found);
  const auto title = title_of(record_.files[main], set);
  for (size_t s = 0; s < out.found.what.images.size(); ++s)
    out.names.push_back(image_name(title, out.found.what, s));
  return out;
}

import_record import_run::enrol() {
  progress_.stage = "registering";
  progress_.fraction = 0.95;
  if (!groups_) {
    group(accepted_names(record_), 0.9, 0.95);
    if (!groups_->refusals.empty()) // before a restart they were read well
      throw failure{errc::unreadable, groups_->refusals.front().reason};
  }
  auto what = std::make_shared<registration>();
  for (auto& set : groups_->sets)
    what->filesets.push_back(fileset_of(set));
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
