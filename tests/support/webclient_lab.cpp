#include "tests/support/webclient_lab.hpp"

#include "tests/support/specimens.hpp"

#include <fmt/format.h>

namespace troupe::test {

webclient_lab::webclient_lab(const std::string& login, const std::string& level)
  : owner{omero_newcomer(login, level)} {
  auto& own = owner.own;
  auto made = [&](const std::string& path, const json& body) {
    return own.make(path, body).at("id").get<int64_t>();
  };
  project = made("/api/v1/projects", {{"name", "study"}});
  dataset = made("/api/v1/datasets", {{"name", "day one"}, {"project", project}});
  image = another("cells.ome.tif", 1);
  orphan = import_image(own, "alone.ome.tif", stack{.seed = 2}.bytes());
  screen = made("/api/v1/screens", {{"name", "screen"}});
  plate = made("/api/v1/plates",
               {{"name", "by hand"}, {"rows", 2}, {"columns", 3}, {"screen", screen}});
  const auto address = fmt::format("/api/v1/plates/{}", plate);
  run = made(address + "/runs", {{"name", "first"}});
  field = import_image(own, "well.ome.tif", stack{.seed = 3}.bytes());
  const json place{{"row", 1}, {"column", 0}, {"image", field}, {"run", run}};
  own.put(address + "/fields", {{"fields", json::array({place})}});
  well = own.read(address).at("wells").at(0).at("id");
}

int64_t webclient_lab::another(const std::string& name, int32_t seed) {
  return import_image(owner.own, name, stack{.seed = seed}.bytes(),
                      {.project = nullptr, .dataset = dataset});
}

omero_client fellow_of(const omero_person& person, const std::string& login) {
  shared_server().root().make(
    "/api/v1/accounts",
    {{"login", login}, {"password", running_server::password}, {"group", person.group}});
  return {shared_server(), login, running_server::password};
}

answer remove_json(omero_client& who, const std::string& path, const json& body) {
  return who.send("DELETE", path, body.dump(), "application/json",
                  {{"X-CSRFToken", who.csrf()}});
}

std::vector<int64_t> ids_in(const json& list) {
  std::vector<int64_t> out;
  for (auto& item : list)
    out.push_back(item.at("id"));
  return out;
}

} // namespace troupe::test
