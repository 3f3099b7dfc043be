// What QuPath's regular expressions find in the answers to a search, and small lists.

#include "tests/support/webclient_lab.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <regex>

using namespace troupe::test;

namespace {

webclient_lab& search_lab() {
  static webclient_lab lab{"qsearch"};
  return lab;
}

struct found_row {
  std::string id, name, acquired, imported, group, link;
};

std::string first_in(const std::string& text, const char* pattern) {
  std::smatch found;
  return std::regex_search(text, found, std::regex{pattern}) ? found[1].str() : "";
}

std::vector<found_row> rows_found(const std::string& query) {
  const auto a = search_lab().owner.omero.get("/webclient/load_searching/form/?" + query);
  REQUIRE_MESSAGE(a.status == 200, a.status << " " << a.body);
  CHECK(a.header("Content-Type").starts_with("text/html"));
  std::vector<found_row> out;
  const std::regex rows{R"re(<tr id="([^"]+)"[\s\S]+?</tr>)re"};
  for (std::sregex_iterator i{a.body.begin(), a.body.end(), rows}, end; i != end; ++i) {
    const auto text = (*i)[0].str();
    found_row row{(*i)[1],
                  first_in(text, R"re(<td class="desc"><a>(.*?)</a></td>)re"),
                  "",
                  "",
                  first_in(text, R"re(<td class="group">(.*?)</td>)re"),
                  first_in(text, R"re(<td><a href="([^"]*)")re")};
    const std::regex dates{R"re(<td class="date" data-isodate='([^']*)'></td>)re"};
    std::vector<std::string> all;
    for (std::sregex_iterator d{text.begin(), text.end(), dates}; d != end; ++d)
      all.push_back((*d)[1]);
    row.imported = all.empty() ? "" : all.back();
    row.acquired = all.size() == 2 ? all.front() : "";
    out.push_back(row);
  }
  return out;
}

} // namespace

TEST_CASE("webclient: found images are rows that programs can take apart") {
  auto& lab = search_lab();
  const auto rows = rows_found("query=cells&datatype=images&field=name&searchGroup=-1"
                               "&ownedBy=-1&useAcquisitionDate=false&startdateinput="
                               "&enddateinput=");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].id == fmt::format("image-{}", lab.image));
  CHECK(rows[0].name == "cells.ome.tif");
  CHECK(rows[0].group == "qsearch lab");
  CHECK(rows[0].link == fmt::format("/webclient/?show=image-{}", lab.image));
  const std::regex mail{
    R"([A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d \+0000)"};
  CHECK(std::regex_match(rows[0].acquired, mail));
  CHECK(std::regex_match(rows[0].imported, mail));
}

TEST_CASE("webclient: only images have two dates, ids are found, all is narrowed") {
  auto& lab = search_lab();
  const auto datasets = rows_found("query=day&datatype=datasets");
  REQUIRE(datasets.size() == 1);
  CHECK(datasets[0].id == fmt::format("dataset-{}", lab.dataset));
  CHECK(datasets[0].acquired.empty());
  CHECK_FALSE(datasets[0].imported.empty());
  const auto by_id = rows_found(fmt::format("query={}&datatype=wells", lab.well));
  REQUIRE(by_id.size() == 1);
  CHECK(by_id[0].id == fmt::format("well-{}", lab.well));
  CHECK(by_id[0].name == "B1");
  CHECK(rows_found(fmt::format("query={}", lab.image)).at(0).id
        == fmt::format("image-{}", lab.image));
  CHECK(rows_found(fmt::format("query=cells&ownedBy={}", lab.owner.id)).size() == 1);
  CHECK(rows_found(fmt::format("query=cells&searchGroup={}", lab.owner.group)).size()
        == 1);
  auto fellow = fellow_of(lab.owner, "qsearch-fellow");
  CHECK(rows_found("query=cells&ownedBy=" + fellow.event_context.at("userId").dump())
          .empty());
  CHECK(
    rows_found("query=cells&startdateinput=2000-01-01&enddateinput=2000-12-31").empty());
  CHECK(rows_found("query=cells&startdateinput=2000-01-01").size() == 1);
  CHECK(rows_found("query=nothingofthekind").empty());
  CHECK(rows_found("").empty());
  auto& who = lab.owner.omero;
  CHECK(who.get("/webclient/load_searching/form/?query=x&datatype=cats").status == 400);
}

TEST_CASE("webclient: there are no scripts, and clients can tell") {
  auto& who = search_lab().owner.omero;
  CHECK(who.read("/webclient/list_scripts/") == json::array());
  CHECK(who.get("/webclient/script_ui/3/").status == 404);
  const auto run = who.post_form("/webclient/script_run/3/", {{"IDs", "1"}}).document();
  CHECK(run.at("status") == "failed");
  CHECK(run.at("error").get<std::string>().find("3") != std::string::npos);
  CHECK(who.get("/webclient/metadata_details/image/1/").status == 404);
}

TEST_CASE("webclient: the form of tags gets them piece by piece") {
  webclient_lab lab{"qtags"};
  auto& who = lab.owner.omero;
  auto made = [&](const form& fields, const std::string& in = "") {
    return who.post_form("/webclient/action/addnewcontainer/" + in, fields)
      .document()
      .at("id")
      .get<int64_t>();
  };
  const auto set = made({{"folder_type", "tagset"}, {"name", "set"}});
  const auto tag = made({{"folder_type", "tag"}, {"name", "tag"}, {"description", "why"}},
                        fmt::format("tagset/{}/", set));
  auto data = [&](const std::string& mode) {
    return who.read("/webclient/marshal_tagging_form_data/?jsonmode=" + mode);
  };
  CHECK(data("tagcount") == json{{"tag_count", 2}});
  CHECK(data("tags")
        == json::array({json::array({set, "set", lab.owner.id, json::array({tag})}),
                        json::array({tag, "tag", lab.owner.id, 0})}));
  CHECK(data("tags&offset=1&limit=1").size() == 1);
  CHECK(data("desc").at(std::to_string(tag)) == "why");
  CHECK(data("owners") == json{{std::to_string(lab.owner.id), "qtags"}});
  CHECK(who.get("/webclient/marshal_tagging_form_data/?jsonmode=odd").status == 400);
}

TEST_CASE("webadmin: what files take is told by person and by group") {
  auto& lab = search_lab();
  const auto groups = lab.owner.omero.read("/webadmin/drivespace_json/groups/");
  REQUIRE(groups.size() == 1);
  CHECK(groups.at(0).at("groupId") == lab.owner.group);
  CHECK(groups.at(0).at("label") == "qsearch lab");
  CHECK(groups.at(0).at("data") > 10'000);
  const auto people = lab.owner.omero.read(
    fmt::format("/webadmin/drivespace_json/group/{}/", lab.owner.group));
  CHECK(people.at(0).at("userId") == lab.owner.id);
  CHECK(people.at(0).at("data") == groups.at(0).at("data"));
}
