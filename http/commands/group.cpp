#include "http/commands/ask_database.hpp"
#include "http/commands/commands.hpp"
#include "http/people_json.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace troupe::http {

namespace {

struct group_words {
  std::string group, login, level = "private", description;
  bool leader = false, preview = false;
  std::unique_ptr<setting_flags> settings;
};
using words_ptr = std::shared_ptr<group_words>;

int64_t group_named(const configuration& config, const std::string& name) {
  const auto all = ask_database(config, list_groups{the_server(), true});
  const auto found =
    std::find_if(all.begin(), all.end(), [&](auto& g) { return g.name == name; });
  if (found == all.end())
    throw failure{errc::not_found, "group " + name};
  return found->id;
}

int64_t account_named(const configuration& config, const std::string& login) {
  const auto found = ask_database(config, find_account{login, ""});
  if (found.id == 0)
    throw failure{errc::not_found, "account " + login};
  return found.id;
}

int list(const configuration& config, const group_words&) {
  for (auto& g : ask_database(config, list_groups{the_server(), true}))
    fmt::print("{:<24} {:<14} {} members\n", g.name, name_of(g.level), g.members);
  return all_done;
}

int add(const configuration& config, const group_words& w) {
  const auto made = ask_database(
    config, create_group{the_server(), w.group, w.description, level_named(w.level)});
  fmt::print("group {} is {}, {}\n", made.self.id, made.self.name,
             name_of(made.self.level));
  return all_done;
}

int level(const configuration& config, const group_words& w) {
  const auto made =
    ask_database(config, change_group{.who = the_server(),
                                      .group = group_named(config, w.group),
                                      .level = level_named(w.level),
                                      .preview = w.preview});
  const auto& lost = made.losses;
  fmt::print("{} {} {}\n", made.self.self.name, w.preview ? "would be" : "is",
             name_of(made.self.self.level));
  fmt::print("others' things that {}: {} settings, {} regions, {} links of annotations, "
             "{} links, {} comments\n",
             w.preview ? "would go" : "went", lost.settings, lost.rois,
             lost.annotation_links, lost.links, lost.comments);
  if (lost.plates > 0)
    fmt::print("{} plates with images of other owners forbid it\n", lost.plates);
  return all_done;
}

int join(const configuration& config, const group_words& w) {
  ask_database(config, set_membership{the_server(), group_named(config, w.group),
                                      account_named(config, w.login), w.leader});
  fmt::print("{} is {} {}\n", w.login, w.leader ? "a leader of" : "in", w.group);
  return all_done;
}

int leave(const configuration& config, const group_words& w) {
  ask_database(config, remove_membership{the_server(), group_named(config, w.group),
                                         account_named(config, w.login)});
  fmt::print("{} is no longer in {}\n", w.login, w.group);
  return all_done;
}

struct verb_row {
  const char* name;
  const char* summary;
  int (*run)(const configuration&, const group_words&);
  void (*add)(CLI::App&, group_words&);
};

void add_group_name(CLI::App& sub, group_words& w) {
  sub.add_option("group", w.group, "its name")->required();
}
void add_login(CLI::App& sub, group_words& w) {
  add_group_name(sub, w);
  sub.add_option("login", w.login, "whom")->required();
}

constexpr auto level_help = "private, read-only, read-annotate or read-write";

const verb_row verbs[] = {
  {"list", "every group", list, [](CLI::App&, group_words&) {}},
  {"add", "make a group", add,
   [](CLI::App& sub, group_words& w) {
     add_group_name(sub, w);
     sub.add_option("--level", w.level, level_help);
     sub.add_option("--description", w.description);
   }},
  {"level", "change how far a group shares", level,
   [](CLI::App& sub, group_words& w) {
     add_group_name(sub, w);
     sub.add_option("level", w.level, level_help)->required();
     sub.add_flag("--preview", w.preview, "only tell what would be lost");
   }},
  {"join", "put an account into a group", join,
   [](CLI::App& sub, group_words& w) {
     add_login(sub, w);
     sub.add_flag("--leader", w.leader, "it leads the group");
   }},
  {"leave", "take an account out of a group", leave, add_login},
};

} // namespace

std::function<int()> add_group(CLI::App& verb) {
  verb.require_subcommand(1);
  std::vector<std::pair<CLI::App*, words_ptr>> subs;
  for (auto& v : verbs) {
    auto* sub = verb.add_subcommand(v.name, v.summary);
    auto w = std::make_shared<group_words>();
    v.add(*sub, *w);
    w->settings = std::make_unique<setting_flags>(*sub);
    subs.emplace_back(sub, w);
  }
  return [subs] {
    for (size_t i = 0; i < subs.size(); ++i)
      if (auto& [sub, w] = subs[i]; sub->parsed())
        return verbs[i].run(w->settings->load().values, *w);
    return static_cast<int>(wrong_usage);
  };
}

} // namespace troupe::http
