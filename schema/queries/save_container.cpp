#include "schema/queries/save_container.hpp"

#include "schema/queries/audit.hpp"
#include "schema/queries/batch.hpp"
#include "schema/queries/containers.hpp"
#include "schema/queries/organise.hpp"
#include "schema/queries/text.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace troupe {

namespace {

using nlohmann::json;

int64_t make_container(soci::session& sql, const save_container& q) {
  switch (q.type) {
    case object_type::project:
      return run(sql, create_project{q.who, q.name, q.description}).id;
    case object_type::dataset:
      return run(sql, create_dataset{q.who, q.name, q.description, {}}).id;
    default:
      return json::parse(run(sql, create_container{.who = q.who,
                                                   .type = q.type,
                                                   .name = q.name,
                                                   .description = q.description})
                           .text)
        .at("id");
  }
}

void require_group(soci::session& sql, const save_container& q) {
  const auto found = require_seen(sql, q.who, q.type, *q.id);
  if (q.group && found.group != *q.group)
    throw failure{errc::denied, fmt::format("{} {} is not in group {}", name_of(q.type),
                                            *q.id, *q.group)};
}

void reword_container(soci::session& sql, const save_container& q) {
  require_group(sql, q);
  const auto result = run(sql, change_objects{.who = q.who,
                                              .type = q.type,
                                              .ids = {*q.id},
                                              .name = q.name,
                                              .description = q.description});
  if (!result.refused.empty())
    throw failure{result.refused.front().why, result.refused.front().reason};
}

std::string screen_attributes_of(const screen_words& w) {
  auto out = json::object();
  auto put = [&](const char* key, const std::string& word) {
    check_text(key, word, 4000);
    if (!word.empty())
      out[key] = word;
  };
  put("type", w.type);
  put("protocol", w.protocol);
  put("protocolDescription", w.protocol_description);
  put("reagentSet", w.reagent_set);
  put("reagentSetDescription", w.reagent_set_description);
  return out.dump();
}

void describe_screen(soci::session& sql, int64_t screen, const screen_words& words) {
  const auto attributes = screen_attributes_of(words);
  sql << "update screens set attributes = cast(:attributes as jsonb) where id = :screen",
    soci::use(attributes, "attributes"), soci::use(screen, "screen");
}

} // namespace

saved_object run(soci::session& sql, const save_container& q) {
  if (q.id)
    reword_container(sql, q);
  const auto id = q.id ? *q.id : make_container(sql, q);
  if (q.type == object_type::screen)
    describe_screen(sql, id, q.screen);
  return {id};
}

done run(soci::session& sql, const delete_run& q) {
  const auto found =
    require_right(sql, q.who, object_type::run, q.run, right::remove, "delete");
  sql << "delete from plate_runs where id = :run", soci::use(q.run, "run");
  note(sql, q.who,
       {audit_action::deleted, object_kind::of(object_type::run), {q.run}, found.group});
  return {};
}

} // namespace troupe
