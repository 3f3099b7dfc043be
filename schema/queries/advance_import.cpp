// One step of an import towards its end.

#include "schema/queries/imports.hpp"
#include "schema/queries/rows.hpp"
#include "schema/queries/text.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

namespace troupe {

namespace {

const char* name_of(import_state state) {
  switch (state) {
    case import_state::uploading: return "uploading";
    case import_state::verified: return "verified";
    case import_state::parsed: return "parsed";
    case import_state::placed: return "placed";
    case import_state::done: return "done";
    case import_state::failed: return "failed";
    case import_state::cancelled: return "cancelled";
  }
  return "unknown";
}

std::string facts_of(const advance_import& q) {
  auto facts = nlohmann::json::array();
  for (const auto& file : q.files) {
    auto& fact = facts.emplace_back(
      nlohmann::json{{"error", clean_text(file.error)}, {"skipped", file.skipped}});
    if (!file.sha256.empty() && !is_sha256(file.sha256))
      throw failure{errc::bad_request, "sha256 is not 64 hexadecimal digits"};
    if (!file.sha256.empty())
      fact["sha256"] = file.sha256;
    if (file.main)
      fact["main"] = *file.main;
  }
  return facts.dump();
}

// Says why the step was not possible.
[[noreturn]] void refuse(soci::session& sql, const advance_import& q) {
  int state = 0;
  sql << "select state from imports where id = :import", soci::use(q.import, "import"),
    soci::into(state);
  if (!sql.got_data())
    throw failure{errc::not_found, "import " + std::to_string(q.import)};
  throw failure{errc::conflict, fmt::format("import {} is {} already", q.import,
                                            name_of(static_cast<import_state>(state)))};
}

} // namespace

done run(soci::session& sql, const advance_import& q) {
  auto facts = facts_of(q), error = clean_text(q.error);
  int to = static_cast<int>(q.to), committed = q.committed;
  int64_t files = 0;
  sql << R"sql(
    with moved as (
      update imports
         set state = :to, committed = committed or cast(:committed as integer) <> 0,
             error = :error, updated = now()
       where id = :import and state < 90
         and (state < :to or (state = :to and cast(:committed as integer) <> 0))
      returning id
    ), noted as (
      update import_files as f
         set sha256 = coalesce(decode(x.sha256, 'hex'), f.sha256), error = x.error,
             skipped = x.skipped, main = x.main
        from moved,
             rows from (json_to_recordset(cast(:facts as json))
                          as (sha256 text, error text, skipped boolean, main integer))
               with ordinality as x (sha256, error, skipped, main, position)
       where f.import_id = moved.id and f.position = x.position - 1
    )
    select count(f.import_id)
      from moved
      left join import_files as f on f.import_id = moved.id
     group by moved.id)sql",
    soci::use(to, "to"), soci::use(committed, "committed"), soci::use(error, "error"),
    soci::use(q.import, "import"), soci::use(facts, "facts"), soci::into(files);
  if (!sql.got_data())
    refuse(sql, q);
  if (!q.files.empty() && static_cast<int64_t>(q.files.size()) != files)
    throw failure{errc::bad_request, fmt::format("import {} has {} files, not {}",
                                                 q.import, files, q.files.size())};
  return {};
}

} // namespace troupe
