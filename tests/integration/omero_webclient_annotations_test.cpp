// What OMERO's clients read of annotations and write on objects.

#include "tests/support/webclient_lab.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

webclient_lab& notes_lab() {
  static webclient_lab lab{"notes"};
  return lab;
}

/// The document of a form's answer, which must be 200.
json sent_form(omero_client& who, const std::string& path, const form& fields) {
  const auto a = who.post_form("/webclient/" + path, fields);
  REQUIRE_MESSAGE(a.status == 200, a.status << " " << a.body);
  return a.document();
}

json notes_on(omero_client& who, const std::string& query) {
  return who.read("/webclient/api/annotations/?" + query).at("annotations");
}

std::string text(int64_t id) {
  return std::to_string(id);
}

constexpr auto client_maps = "openmicroscopy.org/omero/client/mapAnnotation";

} // namespace

TEST_CASE("webclient: key-values are made, told, replaced and deleted") {
  auto& lab = notes_lab();
  auto& who = lab.owner.omero;
  const auto made = sent_form(
    who, "annotate_map/",
    {{"image", text(lab.image)}, {"mapAnnotation", R"([["Gene","CDC20"],["Dose",3]])"}});
  REQUIRE(made.at("annId").size() == 1);
  const int64_t id = made.at("annId").at(0);
  const auto all =
    who.read(fmt::format("/webclient/api/annotations/?type=map&image={}", lab.image));
  REQUIRE(all.at("annotations").size() == 1);
  const auto& a = all.at("annotations").at(0);
  CHECK(a.at("id") == id);
  CHECK(a.at("class") == "MapAnnotationI");
  CHECK(a.at("ns") == client_maps);
  CHECK(a.at("values")
        == json::array({json::array({"Gene", "CDC20"}), json::array({"Dose", "3"})}));
  CHECK(a.at("owner") == json{{"id", lab.owner.id}});
  CHECK(a.at("description") == nullptr);
  CHECK(
    a.at("permissions")
    == json{
      {"canDelete", true}, {"canAnnotate", true}, {"canLink", true}, {"canEdit", true}});
  CHECK(a.at("date").get<std::string>().ends_with("+00:00"));
  const auto& link = a.at("link");
  CHECK(link.at("id").is_number_integer());
  CHECK(link.at("owner") == json{{"id", lab.owner.id}});
  CHECK(link.at("parent")
        == json{{"id", lab.image}, {"class", "ImageI"}, {"name", "cells.ome.tif"}});
  CHECK(all.at("experimenters")
        == json::array({{{"id", lab.owner.id},
                         {"omeName", "notes"},
                         {"firstName", ""},
                         {"lastName", ""}}}));

  const auto changed = sent_form(who, "annotate_map/",
                                 {{"image", text(lab.image)},
                                  {"annId", text(id)},
                                  {"mapAnnotation", R"([["k","v"]])"}});
  CHECK(changed.at("annId") == json::array({id}));
  CHECK(notes_on(who, fmt::format("type=map&image={}", lab.image)).at(0).at("values")
        == json::array({json::array({"k", "v"})}));
  CHECK(sent_form(who, "annotate_map/", {{"annId", text(id)}, {"mapAnnotation", "[]"}})
        == json{{"annId", nullptr}});
  CHECK(notes_on(who, fmt::format("type=map&image={}", lab.image)).empty());
}

TEST_CASE("webclient: each object gets a map of its own, of the namespace asked for") {
  auto& lab = notes_lab();
  auto& who = lab.owner.omero;
  const auto made = sent_form(who, "annotate_map/",
                              {{"image", text(lab.image)},
                               {"image", text(lab.orphan)},
                               {"ns", "qupath.test"},
                               {"mapAnnotation", R"([["a","b"]])"}});
  CHECK(made.at("annId").size() == 2);
  const auto found =
    notes_on(who, fmt::format("ns=qupath.test&image={}&image={}", lab.image, lab.orphan));
  CHECK(ids_in(found)
        == made.at("annId").get<std::vector<int64_t>>()); // as they were made
  CHECK(notes_on(who, fmt::format("ns=other&image={}", lab.image)).empty());
  const auto wrong = who.post_form("/webclient/annotate_map/",
                                   {{"image", text(lab.image)}, {"mapAnnotation", "{}"}});
  CHECK(wrong.status == 400);
  CHECK(wrong.document().at("error").get<std::string>().starts_with("mapAnnotation"));
  CHECK(who
          .post_form("/webclient/annotate_map/",
                     {{"image", "99999999"}, {"mapAnnotation", R"([["a","b"]])"}})
          .status
        == 404);
}

TEST_CASE("webclient: objects of a query go before those of the body") {
  webclient_lab lab{"notes-query"};
  auto& who = lab.owner.omero;
  sent_form(who, fmt::format("annotate_comment/?image={}", lab.orphan),
            {{"image", text(lab.image)}, {"comment", "seen"}});
  CHECK(notes_on(who, fmt::format("type=comment&image={}", lab.image)).empty());
  const auto found = notes_on(who, fmt::format("type=comment&image={}", lab.orphan));
  REQUIRE(found.size() == 1);
  CHECK(found.at(0).at("class") == "CommentAnnotationI");
  CHECK(found.at(0).at("textValue") == "seen");
}

TEST_CASE("webclient: comments and ratings") {
  webclient_lab lab{"notes-rating"};
  auto& who = lab.owner.omero;
  const auto comment = sent_form(
    who, "annotate_comment/",
    {{"dataset", text(lab.dataset)}, {"image", text(lab.image)}, {"comment", "hm"}});
  CHECK(comment.at("added_by") == lab.owner.id);
  const auto on_both =
    notes_on(who, fmt::format("dataset={}&image={}", lab.dataset, lab.image));
  REQUIRE(on_both.size() == 2);
  CHECK(on_both.at(0).at("id") == comment.at("annId"));
  CHECK(on_both.at(1).at("id") == comment.at("annId"));
  CHECK(sent_form(who, "annotate_rating/", {{"image", text(lab.image)}, {"rating", "4"}})
        == json{{"success", true}});
  const auto rating = notes_on(who, fmt::format("type=rating&image={}", lab.image));
  REQUIRE(rating.size() == 1);
  CHECK(rating.at(0).at("longValue") == 4);
  CHECK(rating.at(0).at("class") == "LongAnnotationI");
  CHECK(rating.at(0).at("ns") == "openmicroscopy.org/omero/insight/rating");
  CHECK(notes_on(who, fmt::format("type=custom&image={}", lab.image)).empty());
  sent_form(who, "annotate_rating/", {{"image", text(lab.image)}, {"rating", "0"}});
  CHECK(notes_on(who, fmt::format("type=rating&image={}", lab.image)).empty());
  CHECK(who
          .post_form("/webclient/annotate_rating/",
                     {{"image", text(lab.image)}, {"rating", "6"}})
          .status
        == 400);
}

TEST_CASE("webclient: a form says which tags an image shall have") {
  webclient_lab lab{"notes-tags"};
  auto& who = lab.owner.omero;
  const form none{{"image", text(lab.image)},
                  {"newtags-TOTAL_FORMS", "0"},
                  {"newtags-INITIAL_FORMS", "0"},
                  {"newtags-MAX_NUM_FORMS", "1000"}};
  auto with = [&](form more) {
    form all = none;
    for (auto& f : more) {
      if (f.first == "newtags-TOTAL_FORMS")
        std::erase_if(all, [](auto& x) { return x.first == "newtags-TOTAL_FORMS"; });
      all.push_back(f);
    }
    return sent_form(who, "annotate_tags/", all);
  };
  const auto first = with({{"newtags-TOTAL_FORMS", "2"},
                           {"newtags-0-tag", "good"},
                           {"newtags-0-description", "of use"},
                           {"newtags-0-tagset", ""},
                           {"newtags-1-tag", "old"},
                           {"newtags-1-description", ""},
                           {"newtags-1-tagset", ""}});
  REQUIRE(first.at("new").size() == 2);
  CHECK(first.at("added").empty());
  const int64_t good = first.at("new").at(0), old = first.at("new").at(1);
  const auto tags = notes_on(who, fmt::format("type=tag&image={}", lab.image));
  CHECK(ids_in(tags) == std::vector<int64_t>{good, old});
  CHECK(tags.at(0).at("textValue") == "good");
  CHECK(tags.at(0).at("description") == "of use");

  auto fellow = fellow_of(lab.owner, "notes-tags-fellow");
  const auto theirs = sent_form(fellow, "annotate_tags/",
                                {{"image", text(lab.image)},
                                 {"newtags-TOTAL_FORMS", "1"},
                                 {"newtags-0-tag", "mine"}});
  const auto kept = with({{"tags", text(good)}});
  CHECK(kept
        == json{{"added", json::array()}, {"removed", {old}}, {"new", json::array()}});
  const auto left = ids_in(notes_on(who, fmt::format("type=tag&image={}", lab.image)));
  CHECK(left == std::vector<int64_t>{good, theirs.at("new").at(0).get<int64_t>()});
  CHECK(with({{"tags", fmt::format("{},{}", good, old)}}).at("added")
        == json::array({old}));
}

TEST_CASE("webclient: files come with a form, or are put on more objects") {
  webclient_lab lab{"notes-files"};
  auto& who = lab.owner.omero;
  const std::string bytes = "a,b\r\n1,2\r\n--not a boundary\r\n";
  const auto sent = who.post_files("/webclient/annotate_file/",
                                   {{"image", text(lab.image), "", ""},
                                    {"index", "0", "", ""},
                                    {"annotation_file", bytes, "numbers.csv", "text/csv"},
                                    {"annotation_file", "", "empty.txt", "text/plain"}});
  REQUIRE_MESSAGE(sent.status == 200, sent.body);
  const auto ids = sent.document().at("fileIds").get<std::vector<int64_t>>();
  REQUIRE(ids.size() == 2);
  const auto files = notes_on(who, fmt::format("type=file&image={}", lab.image));
  REQUIRE(ids_in(files) == ids);
  const auto& file = files.at(0).at("file");
  CHECK(files.at(0).at("class") == "FileAnnotationI");
  CHECK(files.at(0).at("permissions").at("canDownload") == true);
  CHECK(file.at("name") == "numbers.csv");
  CHECK(file.at("size") == bytes.size());
  CHECK(file.at("mimetype") == "text/csv");
  CHECK(files.at(1).at("file").at("size") == 0);

  CHECK(sent_form(who, "annotate_file/",
                  {{"dataset", text(lab.dataset)}, {"files", text(ids[0])}})
        == json{{"fileIds", {ids[0]}}});
  CHECK(ids_in(notes_on(who, fmt::format("type=file&dataset={}", lab.dataset)))
        == std::vector<int64_t>{ids[0]});
  CHECK(who
          .post_files("/webclient/annotate_file/",
                      {{"annotation_file", bytes, "lost.csv", "text/csv"}})
          .status
        == 404);
}

TEST_CASE("webclient: a file of many pieces arrives whole") {
  webclient_lab lab{"notes-large"};
  std::string bytes(20 << 20, '\0');
  for (size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(i * 7 + i / 251);
  const auto sent = lab.owner.omero.post_files(
    "/webclient/annotate_file/",
    {{"annotation_file", bytes, "large.bin", ""}, {"image", text(lab.image), "", ""}});
  REQUIRE_MESSAGE(sent.status == 200, sent.body);
  const int64_t id = sent.document().at("fileIds").at(0);
  const auto back = lab.owner.own.get(fmt::format("/api/v1/annotations/{}/file", id));
  CHECK(sha256(back.body) == sha256(bytes));
}

TEST_CASE("webclient: annotations on what an image is in come with its lineage") {
  webclient_lab lab{"notes-parents"};
  auto& who = lab.owner.omero;
  sent_form(who, "annotate_map/",
            {{"project", text(lab.project)}, {"mapAnnotation", R"([["on","project"]])"}});
  sent_form(who, "annotate_comment/", {{"well", text(lab.well)}, {"comment", "edge"}});
  const auto of_image =
    who.read(fmt::format("/webclient/api/annotations/?image={}&parents=true", lab.image));
  CHECK(of_image.at("annotations").empty());
  const auto& parents = of_image.at("parents");
  REQUIRE(parents.at("annotations").size() == 1);
  CHECK(parents.at("annotations").at(0).at("link").at("parent").at("class")
        == "ProjectI");
  const json child{{"id", lab.image}, {"class", "ImageI"}, {"name", "cells.ome.tif"}};
  CHECK(parents.at("lineage").at("ProjectI").at(text(lab.project))
        == json::array({child}));
  CHECK(parents.at("lineage").at("DatasetI").at(text(lab.dataset))
        == json::array({child}));
  CHECK(of_image.at("experimenters").at(0).at("id") == lab.owner.id);
  const auto of_field =
    who.read(fmt::format("/webclient/api/annotations/?image={}&parents=true", lab.field))
      .at("parents");
  CHECK(of_field.at("annotations").at(0).at("textValue") == "edge");
  CHECK(of_field.at("annotations").at(0).at("link").at("parent").at("name") == "B1");
  for (auto word : {"WellI", "PlateI", "ScreenI", "PlateAcquisitionI"})
    CHECK_MESSAGE(of_field.at("lineage").contains(word), word);
}

TEST_CASE("webclient: who may only look writes nothing") {
  webclient_lab lab{"notes-rights", "read-only"};
  auto fellow = fellow_of(lab.owner, "notes-rights-fellow");
  const form words{{"image", text(lab.image)}, {"comment", "no"}};
  const auto refused = fellow.post_form("/webclient/annotate_comment/", words);
  CHECK(refused.status == 403);
  CHECK(refused.document().contains("error"));
  CHECK(notes_on(lab.owner.omero, fmt::format("image={}", lab.image)).empty());
  omero_client nobody{shared_server().url()};
  CHECK(nobody.get("/webclient/api/annotations/?image=1").status == 302);
  CHECK(notes_on(fellow, "image=99999999").empty());
  CHECK(fellow.get("/webclient/api/annotations/?type=odd&image=1").status == 400);
}
