#include "storage/inspect/grouping.hpp"

#include "storage/formats/format.hpp"
#include "storage/inspect/candidates.hpp"

#include <algorithm>
#include <unordered_set>

namespace troupe {
namespace {

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

std::string folder_of_name(const std::string& name) {
  const auto slash = name.rfind('/');
  return slash == std::string::npos ? "" : name.substr(0, slash);
}

} // namespace

grouping::grouping(std::vector<std::string> names) : names_{std::move(names)} {
  for (auto& name : names_)
    owner_.emplace(name, "");
}

std::vector<std::string> grouping::listed_in(const std::string& candidate) const {
  if (owner_.contains(candidate))
    return {candidate};
  std::vector<std::string> listed;
  for (auto& name : names_)
    if (lies_in(name, candidate))
      listed.push_back(name);
  return listed;
}

void grouping::adopt(const std::string& candidate, inspection found) {
  const auto is_file = owner_.contains(candidate);
  found_set set;
  set.is_folder = !is_file;
  set.folder = is_file ? folder_of_name(candidate) : candidate;
  set.files = found.what.files;
  if (set.files.empty()) // of one file, parsed only
    set.files = {candidate.substr(candidate.rfind('/') + 1)};
  for (auto& file : set.files) {
    const auto known = owner_.find(joined(set.folder, file));
    if (known == owner_.end())
      continue;
    if (!known->second.empty())
      throw formats::no_image{file + " belongs to " + known->second};
    set.listed.push_back(known->first);
  }
  std::unordered_set<std::string> have(set.listed.begin(), set.listed.end());
  for (auto& name : listed_in(candidate))
    if (have.insert(name).second) {
      set.listed.push_back(name);
      set.files.push_back(set.folder.empty() ? name : name.substr(set.folder.size() + 1));
    }
  for (auto& name : set.listed)
    owner_[name] = joined(set.folder, set.files.front());
  set.found = std::move(found);
  sets.push_back(std::move(set));
}

void grouping::run(const inspector& inspect,
                   const std::function<void(double)>& progress) {
  const auto all = candidates_among(names_);
  for (size_t i = 0; i < all.size(); ++i) {
    progress(static_cast<double>(i) / static_cast<double>(all.size()));
    if (const auto own = owner_.find(all[i]); own != owner_.end() && !own->second.empty())
      continue;
    try {
      adopt(all[i], inspect(all[i]));
    } catch (const formats::no_image& e) {
      refusals.push_back({listed_in(all[i]), e.what(), true});
    } catch (const failure& e) {
      if (e.code != errc::unreadable)
        throw;
      refusals.push_back({listed_in(all[i]), e.what(), false});
    }
  }
  // Asked about before the file that needs it was.
  std::erase_if(refusals, [&](const refusal& r) {
    return std::all_of(r.listed.begin(), r.listed.end(),
                       [&](auto& name) { return !owner_[name].empty(); });
  });
}

} // namespace troupe
