// What OMERO's clients delete, move and give away, and how they watch it.

#include "tests/support/webclient_lab.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <thread>

using namespace troupe::test;

namespace {

/// The activities once nothing is under way any more.
json settled_activities(omero_client& who) {
  for (int i = 0; i < 200; ++i) {
    auto all = who.read("/webclient/activities_json/");
    if (all.at("inprogress") == 0)
      return all;
    std::this_thread::sleep_for(50ms);
  }
  throw std::runtime_error{"a job does not end"};
}

/// The only one of them.
json only_activity(const json& all) {
  json found;
  for (auto& [key, value] : all.items())
    if (value.is_object()) {
      CHECK(found.is_null());
      found = value;
    }
  return found;
}

bool is_there(omero_client& who, const std::string& kind, int64_t id) {
  return who.get(fmt::format("/api/v0/m/{}/{}/", kind, id)).status == 200;
}

json posted(omero_client& who, const std::string& path, const form& fields) {
  const auto a = who.post_form("/webclient/" + path, fields);
  REQUIRE_MESSAGE(a.status == 200, a.status << " " << a.body);
  return a.document();
}

} // namespace

TEST_CASE("webclient: objects are deleted by jobs, with what is in them when asked") {
  webclient_lab lab{"jobs-delete"};
  auto& who = lab.owner.omero;
  CHECK(who.read("/webclient/activities_json/")
        == json{{"inprogress", 0}, {"failure", 0}, {"jobs", 0}});
  CHECK(posted(who, fmt::format("action/delete/project/{}/", lab.project), {})
        == json{{"bad", "false"}});
  const auto all = settled_activities(who);
  CHECK(all.at("jobs") == 1);
  CHECK(all.at("failure") == 0);
  const auto job = only_activity(all);
  CHECK(job.at("job_type") == "delete");
  CHECK(job.at("status") == "finished");
  CHECK(job.at("dtype") == "project");
  CHECK(job.at("did") == lab.project);
  CHECK(job.at("delmany") == false);
  CHECK(job.at("error") == 0);
  CHECK_FALSE(is_there(who, "projects", lab.project));
  CHECK(is_there(who, "datasets", lab.dataset));

  posted(who, fmt::format("action/delete/dataset/{}/", lab.dataset), {{"child", "on"}});
  settled_activities(who);
  CHECK_FALSE(is_there(who, "datasets", lab.dataset));
  CHECK_FALSE(is_there(who, "images", lab.image));
  CHECK(who.post_form("/webclient/action/delete/image/99999999/", {}).status == 404);
  CHECK(who.post_form("/webclient/activities_update/clean/", {}).body == "OK");
  CHECK(who.read("/webclient/activities_json/").at("jobs") == 0);
}

TEST_CASE("webclient: files and comments are deleted at once, also by an empty JSON") {
  webclient_lab lab{"jobs-file"};
  auto& who = lab.owner.omero;
  const auto sent =
    who.post_files("/webclient/annotate_file/",
                   {{"image", std::to_string(lab.image), "", ""},
                    {"annotation_file", "a\n", "my notes, old.txt", "text/plain"}});
  const int64_t file = sent.document().at("fileIds").at(0);
  const auto back = who.get(fmt::format("/webclient/annotation/{}/", file));
  CHECK(back.status == 200);
  CHECK(back.body == "a\n");
  CHECK(back.header("Content-Type") == "application/force-download");
  CHECK(back.header("Content-Disposition") == "attachment; filename=my_notes._old.txt");
  const auto gone =
    who.post(fmt::format("/webclient/action/delete/file/{}/", file), json::object());
  CHECK(gone.document() == json{{"bad", "false"}});
  CHECK(who.get(fmt::format("/webclient/annotation/{}/", file)).status == 404);
}

TEST_CASE("webclient: what others own is not deleted, and the job says so") {
  webclient_lab lab{"jobs-others"};
  auto fellow = fellow_of(lab.owner, "jobs-others-fellow");
  posted(fellow, "action/deletemany/", {{"image", std::to_string(lab.image)}});
  const auto job = only_activity(settled_activities(fellow));
  CHECK(job.at("status") == "failed");
  CHECK(job.at("error") == 1);
  CHECK(job.at("delmany") == true);
  CHECK(job.at("did") == json::array({lab.image}));
  CHECK_FALSE(job.at("dreport").get<std::string>().empty());
  CHECK(is_there(fellow, "images", lab.image));
}

TEST_CASE("webclient: an activity is forgotten by its key") {
  webclient_lab lab{"jobs-clean"};
  auto& who = lab.owner.omero;
  posted(who, "action/deletemany/", {{"image", std::to_string(lab.orphan)}});
  const auto all = settled_activities(who);
  std::string key;
  for (auto& [name, value] : all.items())
    if (value.is_object())
      key = name;
  CHECK(posted(who, "activities_update/clean/", {{"jobKey", "nobody's"}})
        == json{{"removed", false}});
  CHECK(posted(who, "activities_update/clean/", {{"jobKey", key}})
        == json{{"removed", true}});
  CHECK(who.read("/webclient/activities_json/").at("jobs") == 0);
}

TEST_CASE("webclient: objects move to another group, into a container there") {
  webclient_lab lab{"jobs-move"};
  auto& who = lab.owner.omero;
  const int64_t there =
    shared_server()
      .root()
      .make("/api/v1/groups", {{"name", "jobs-move other"}, {"level", "read-write"}})
      .at("id");
  shared_server().root().put(
    fmt::format("/api/v1/groups/{}/members/{}", there, lab.owner.id),
    {{"leader", false}});
  const auto choice =
    who.read(fmt::format("/webclient/load_chgrp_groups/?Image={}", lab.image));
  CHECK(choice.at("owners") == json::array({json::array({lab.owner.id, "jobs-move"})}));
  CHECK(
    choice.at("groups")
    == json::array({{{"id", there},
                     {"name", "jobs-move other"},
                     {"perms", {{"write", true}, {"annotate", true}, {"read", true}}}}}));

  const auto id =
    who.post_form("/webclient/chgrpDryRun/", {{"group_id", std::to_string(there)},
                                              {"Image", std::to_string(lab.image)}});
  REQUIRE(id.status == 200);
  const auto report = who.read("/webclient/activities_json/?jobId=" + id.body);
  CHECK(report.at("finished") == true);
  CHECK(report.at("includedObjects") == json{{"Images", {lab.image}}});
  CHECK(report.at("unlinkedAnnotations").at("Tags") == json::array());
  CHECK(is_there(who, "images", lab.image));

  const auto update = posted(who, "chgrp/",
                             {{"group_id", std::to_string(there)},
                              {"Image", std::to_string(lab.image)},
                              {"new_container_name", "moved"},
                              {"new_container_type", "dataset"}})
                        .at("update");
  CHECK(update.at("remove").at("image") == json::array({lab.image}));
  CHECK(update.at("childless").at("dataset") == json::array({lab.dataset}));
  CHECK(update.at("childless").at("orphaned") == false);
  const auto top = who.read(fmt::format("/webclient/api/containers/?group={}", there));
  REQUIRE(top.at("datasets").size() == 1);
  CHECK(top.at("datasets").at(0).at("name") == "moved");
  CHECK(top.at("datasets").at(0).at("childCount") == 1);
  CHECK(only_activity(settled_activities(who)).at("job_type") == "chgrp");
  CHECK(who.get("/webclient/chgrp/").status == 405);
  const auto nowhere =
    who.post_form("/webclient/chgrpDryRun/",
                  {{"group_id", "99999999"}, {"Image", std::to_string(lab.orphan)}});
  CHECK(who.read("/webclient/activities_json/?jobId=" + nowhere.body).contains("error"));
  CHECK(who.get("/webclient/activities_json/?jobId=none").status == 404);
}

TEST_CASE("webclient: an administrator gives objects away") {
  webclient_lab lab{"jobs-give"};
  auto fellow = fellow_of(lab.owner, "jobs-give-fellow");
  omero_client root{shared_server(), "root", running_server::password};
  const int64_t heir = fellow.event_context.at("userId");
  const auto given =
    posted(root, "chown/",
           {{"owner_id", std::to_string(heir)}, {"Image", std::to_string(lab.orphan)}});
  CHECK(given.at("jobIds").size() == 1);
  const auto job = only_activity(settled_activities(root));
  CHECK(job.at("job_type") == "chown");
  CHECK(job.at("status") == "finished");
  CHECK(fellow.data(fmt::format("/api/v0/m/images/{}/", lab.orphan))
          .at("omero:details")
          .at("owner")
          .at("@id")
        == heir);
}

TEST_CASE("webclient: images of one file are told apart before they are torn") {
  webclient_lab lab{"jobs-fileset"};
  auto& who = lab.owner.omero;
  const auto whole =
    who.get(fmt::format("/webclient/fileset_check/delete/?Image={}", lab.image));
  CHECK(whole.status == 200);
  CHECK(whole.body.empty());
  CHECK(who.get(fmt::format("/webclient/fileset_check/burn/?Image={}", lab.image)).status
        == 404);
}
