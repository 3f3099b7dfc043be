// Two people in a group where members annotate, and what they may have in it.

#pragma once

#include "schema/password.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/groups.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/own_sessions.hpp"
#include "schema/queries/trash.hpp"
#include "tests/support/scratch_database.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace troupe::test {

using nlohmann::json;

/// Ada and Bert, and an administrator outside.
struct lab {
  scratch_database db;
  viewer root = db.add_account("root", true);
  int64_t group =
    db.ask(create_group{.who = root, .name = "lab", .level = group_level::annotate})
      .self.id;
  viewer ada = join("ada"), bert = join("bert");

  viewer join(const std::string& login) {
    const auto made = db.add_account(login);
    db.ask(set_membership{root, group, made.account, false});
    auto now = db.ask(find_session{hash_token(login)}).who;
    now.group = group;
    return now;
  }

  int64_t number(const std::string& query) {
    long long n = 0;
    db.sql() << query, soci::into(n);
    return n;
  }
  void run_sql(const std::string& statement) { db.sql() << statement; }

  int64_t dataset(const std::string& name, int64_t project = 0) {
    create_dataset q{.who = ada, .name = name};
    if (project)
      q.project = project;
    return db.ask(q).id;
  }
  int64_t image(const std::string& name, int64_t dataset = 0) {
    return db.add_image(ada, name, dataset);
  }
  /// Two images of one file.
  std::vector<int64_t> pair() {
    auto import = db.add_import(ada, {"pair.tif"});
    auto what = std::make_shared<registration>();
    what->filesets.push_back(sample_fileset("pair.tif", 0, true, 2));
    std::vector<int64_t> out;
    const auto made = db.ask(register_import{import.id, what});
    for (auto& i : made.files.at(0).images)
      out.push_back(i.id);
    return out;
  }
  int64_t insert(const std::string& statement) {
    long long id = 0;
    db.sql() << statement + " returning id", soci::into(id);
    return id;
  }
  int64_t annotation(const viewer& owner, int kind, const std::string& column,
                     const std::string& value) {
    return insert(fmt::format("insert into annotations (owner_id, group_id, kind, {})"
                              " values ({}, {}, {}, {})",
                              column, owner.account, group, kind, value));
  }
  int64_t tag(const viewer& owner, const std::string& word) {
    return annotation(owner, 1, "text_value", "'" + word + "'");
  }
  void put(int64_t annotation, object_type on, int64_t id, const viewer& by) {
    run_sql(fmt::format("insert into annotation_links"
                        " (parent_id, child_id, kind, group_id, owner_id)"
                        " values ({}, {}, {}, {}, {})",
                        id, annotation, static_cast<int>(on), group, by.account));
  }
  int64_t roi(const viewer& owner, int64_t image) {
    const auto id = insert(fmt::format("insert into rois (owner_id, group_id, image_id)"
                                       " values ({}, {}, {})",
                                       owner.account, group, image));
    run_sql(
      fmt::format("insert into shapes (roi_id, image_id, position, kind, bounds,"
                  " geometry) values ({}, {}, 0, 1, box '(3,4),(1,2)', '{{1,2,2,2}}')",
                  id, image));
    return id;
  }
  /// A plate of one well that shows the image.
  int64_t plate(int64_t image) {
    const auto id =
      insert(fmt::format("insert into plates (owner_id, group_id, name, rows,"
                         " columns) values ({}, {}, 'plate', 1, 1)",
                         ada.account, group));
    const auto well =
      insert(fmt::format("insert into wells (plate_id, group_id, well_row, well_column)"
                         " values ({}, {}, 0, 0)",
                         id, group));
    insert(fmt::format("insert into fields (well_id, group_id, image_id, position)"
                       " values ({}, {}, {}, 0)",
                       well, group, image));
    return id;
  }

  delete_objects deletion(const viewer& who, object_type type, std::vector<int64_t> ids) {
    return {.who = who, .type = type, .ids = std::move(ids)};
  }
  /// Asks for the preview first: it must tell what then happens, and change nothing.
  json erase(delete_objects q) {
    const auto before = rows();
    q.preview = true;
    auto told = json::parse(db.ask(q).text);
    CHECK(rows() == before);
    q.preview = false;
    auto done = json::parse(db.ask(q).text);
    for (auto part : {"counts", "others", "bytes", "blocked", "left"})
      CHECK(told.at(part) == done.at(part));
    return done;
  }
  json restore(const viewer& who, const json& deletion) {
    return json::parse(db.ask(restore_trash{who, deletion.at("trash")}).text);
  }
  bool has(const std::string& table, int64_t id) {
    return number(fmt::format("select count(*) from {} where id = {}", table, id)) == 1;
  }
  /// Everything that is stored of objects, as text.
  std::string rows() {
    std::string all;
    for (auto table : {"projects",         "datasets",    "images",
                       "channels",         "renderings",  "plane_infos",
                       "screens",          "reagents",    "plates",
                       "plate_runs",       "wells",       "fields",
                       "folders",          "rois",        "shapes",
                       "filesets",         "files",       "instruments",
                       "annotations",      "attachments", "links",
                       "annotation_links", "jobs"}) {
      std::string some;
      db.sql() << fmt::format("select coalesce(string_agg(cast(t as text), '|'"
                              " order by cast(t as text)), '') from {} as t",
                              table),
        soci::into(some);
      all += std::string{table} + " " + some + "\n";
    }
    return all;
  }
};

} // namespace troupe::test
