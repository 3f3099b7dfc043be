// Attached files and tables, as OMERO's pages show them and let them be taken home.

#include "tests/support/webclient_lab.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace troupe::test;

namespace {

struct attached_file_ids {
  int64_t annotation = 0, file = 0;
};

attached_file_ids attach(webclient_lab& lab, const std::string& name,
                         const std::string& type, const std::string& bytes) {
  auto& who = lab.owner.omero;
  const auto sent = who.post_files("/webclient/annotate_file/",
                                   {{"image", std::to_string(lab.image), "", ""},
                                    {"annotation_file", bytes, name, type}});
  REQUIRE_MESSAGE(sent.status == 200, sent.body);
  const int64_t annotation = sent.document().at("fileIds").at(0);
  const auto all =
    who.read(fmt::format("/webclient/api/annotations/?type=file&image={}", lab.image));
  for (auto& a : all.at("annotations"))
    if (a.at("id") == annotation)
      return {annotation, a.at("file").at("id")};
  return {};
}

} // namespace

TEST_CASE("webclient: annotations and files have ids of their own") {
  webclient_lab lab{"files-ids"};
  auto& who = lab.owner.omero;
  const auto f = attach(lab, "a b,c.txt", "text/plain", "hello\n");
  const auto taken = who.get(fmt::format("/webclient/annotation/{}/", f.annotation));
  CHECK(taken.body == "hello\n");
  CHECK(taken.header("Content-Type") == "application/force-download");
  CHECK(taken.header("Content-Disposition") == "attachment; filename=a_b.c.txt");
  const auto by_file =
    who.get(fmt::format("/webclient/download_original_file/{}/", f.file));
  CHECK(by_file.body == "hello\n");
  CHECK(by_file.header("Content-Disposition") == "attachment; filename=a_b.c.txt");
  const auto shown = who.get(fmt::format("/webclient/get_original_file/{}/", f.file));
  CHECK(shown.body == "hello\n");
  CHECK(shown.header("Content-Type") == "text/plain");
  CHECK_FALSE(shown.has("Content-Disposition"));
  CHECK(who.get("/webclient/get_original_file/99999999/").status == 404);
  const auto stranger = omero_newcomer("files-stranger", "private");
  auto other = stranger.omero;
  CHECK(other.get(fmt::format("/webclient/get_original_file/{}/", f.file)).status == 404);
  CHECK(other.get(fmt::format("/webclient/annotation/{}/", f.annotation)).status == 404);
}

TEST_CASE("webclient: nothing that was attached acts in the server's name") {
  webclient_lab lab{"files-types"};
  auto& who = lab.owner.omero;
  auto shown_as = [&](const std::string& name, const std::string& type) {
    const auto f = attach(lab, name, type, "<script>alert(1)</script>" + name);
    return who.get(fmt::format("/webclient/get_original_file/{}/", f.file))
      .header("Content-Type");
  };
  CHECK(shown_as("page.html", "text/html") == "text/plain");
  CHECK(shown_as("picture.svg", "image/svg+xml") == "text/plain");
  CHECK(shown_as("script.py", "text/x-python") == "text/plain");
  CHECK(shown_as("table.csv", "text/csv") == "text/csv");
  CHECK(shown_as("data.bin", "application/x-odd") == "application/octet-stream");
}

TEST_CASE("webclient: a table comes as JSON, as CSV and as a page") {
  webclient_lab lab{"files-table"};
  auto& who = lab.owner.omero;
  const auto f =
    attach(lab, "genes.csv", "text/csv", "Well,Gene\n1,CDC20\n2,BRCA1\n3,TP53\n");
  const auto address = fmt::format("/webclient/omero_table/{}/", f.file);
  const auto page = who.read(address + "json/?limit=2&offset=0");
  CHECK(page.at("data").at("name") == "genes.csv");
  CHECK(page.at("data").at("id") == f.file);
  CHECK(page.at("data").at("columns") == json::array({"Well", "Gene"}));
  CHECK(page.at("data").at("rows")
        == json::array({json::array({1, "CDC20"}), json::array({2, "BRCA1"})}));
  CHECK(page.at("meta").at("rowCount") == 3);
  CHECK(page.at("meta").at("page") == 1);
  CHECK_FALSE(page.at("meta").contains("prev"));
  const std::string next = page.at("meta").at("next");
  const auto second = who.read(next.substr(next.find("/webclient/")));
  CHECK(second.at("data").at("rows") == json::array({json::array({3, "TP53"})}));
  CHECK(second.at("meta").at("page") == 2);
  CHECK(second.at("meta").contains("prev"));
  CHECK_FALSE(second.at("meta").contains("next"));
  CHECK(who.read(address + "json/?query=Well-3").at("data").at("rows").size() == 1);
  const auto csv = who.get(address + "csv/?query=Well-2");
  CHECK(csv.header("Content-Type").starts_with("text/csv"));
  CHECK(csv.body == "Well,Gene\r\n2,BRCA1\r\n");
  CHECK(who.get(address + "csv/?query=Well-2&header=false").body == "2,BRCA1\r\n");
  const auto html = who.get(address);
  CHECK(html.header("Content-Type").starts_with("text/html"));
  CHECK(html.body.find("<td>TP53</td>") != std::string::npos);
  const auto wrong = who.get(address + "json/?query=Nothing-2");
  CHECK(wrong.status == 400);
  CHECK(wrong.document().contains("error"));
}

TEST_CASE("webclient: links name objects instead of giving ids") {
  webclient_lab lab{"files-path"};
  auto& who = lab.owner.omero;
  auto leads_to = [&](const std::string& path) {
    return who.get("/webclient/?path=" + escaped(path)).header("Refresh");
  };
  CHECK(leads_to("plate.name-by hand|well.name-B1")
        == fmt::format("0; url=/plate/{}", lab.plate));
  CHECK(leads_to("project.name-study|dataset.name-day one")
        == fmt::format("0; url=/dataset/{}", lab.dataset));
  CHECK(leads_to("plate.name-nowhere") == "0; url=/");
  CHECK(leads_to("nonsense") == "0; url=/");
}
