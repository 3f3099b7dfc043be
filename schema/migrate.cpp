#include "schema/migrate.hpp"

#include "schema/native.hpp"
#include "schema/password.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>

namespace troupe {

namespace {

// Advisory locks are numbers: these two are ours, on every database.
constexpr int64_t migration_lock = 0x74726f757065'01, life_lock = 0x74726f757065'02;

using applied_steps = std::map<int, std::string>; // version -> checksum

// Not through SOCI: it would take colons in a migration for parameters.
void execute(soci::session& sql, const migration& step) {
  std::string text{step.sql};
  std::unique_ptr<PGresult, decltype(&PQclear)> result{PQexec(native(sql), text.c_str()),
                                                       PQclear};
  auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
    throw failure{errc::internal, fmt::format("migration {}: {}", step.name,
                                              PQresultErrorMessage(result.get()))};
}

applied_steps read_applied(soci::session& sql) {
  applied_steps applied;
  soci::rowset<soci::row> rows = (sql.prepare << R"sql(
    select version, checksum
      from schema_versions
     order by version)sql");
  for (const auto& row : rows)
    applied[row.get<int>("version")] = row.get<std::string>("checksum");
  return applied;
}

void refuse_other_history(const applied_steps& applied,
                          const std::vector<migration>& steps) {
  for (const auto& step : steps) {
    auto found = applied.find(step.version);
    if (found != applied.end() && found->second != hash_token(step.sql))
      throw failure{errc::conflict,
                    fmt::format("migration {} was applied in another form", step.name)};
  }
  int known = steps.empty() ? 0 : steps.back().version;
  if (!applied.empty() && applied.rbegin()->first > known)
    throw failure{
      errc::conflict,
      fmt::format("the database has schema {}, this program knows {}: use a newer one",
                  applied.rbegin()->first, known)};
}

const migration* first_missing(const applied_steps& applied,
                               const std::vector<migration>& steps) {
  for (const auto& step : steps)
    if (!applied.contains(step.version))
      return &step;
  return nullptr;
}

// Applies a step with the windows of shares closed: views are in the way of changing
// tables. Afterwards they show the tables as they are now.
void execute_without_windows(soci::session& sql, const migration& step) {
  sql << "drop schema if exists shared cascade";
  execute(sql, step);
  int known = 0;
  sql << "select cast(to_regprocedure('open_windows()') is not null as integer)",
    soci::into(known);
  if (known)
    sql << "select open_windows()";
}

// @returns whether there was something left to apply.
bool apply_next(soci::session& sql, const std::vector<migration>& steps) {
  soci::transaction all_or_nothing{sql};
  sql << "set local statement_timeout = 0";
  sql << "select pg_advisory_xact_lock(:lock)", soci::use(migration_lock, "lock");
  sql << R"sql(
    create table if not exists schema_versions (
      version  integer not null,
      name     text not null,
      checksum text not null, -- SHA-256 of the file
      applied  timestamptz not null default now(),
      constraint schema_versions_key primary key (version)
    ))sql";
  auto applied = read_applied(sql);
  refuse_other_history(applied, steps);
  auto* step = first_missing(applied, steps);
  if (step) {
    execute_without_windows(sql, *step);
    std::string name{step->name}, checksum = hash_token(step->sql);
    sql << R"sql(
      insert into schema_versions (version, name, checksum)
      values (:version, :name, :checksum))sql",
      soci::use(step->version, "version"), soci::use(name, "name"),
      soci::use(checksum, "checksum");
  }
  all_or_nothing.commit();
  return step;
}

} // namespace

int migrate(soci::session& sql, const std::vector<migration>& steps) {
  int count = 0;
  while (apply_next(sql, steps))
    ++count;
  return count;
}

bool is_migrated(soci::session& sql) {
  int present = 0;
  sql << "select cast(to_regclass('schema_versions') is not null as integer)",
    soci::into(present);
  return present && !first_missing(read_applied(sql), migrations);
}

bool claim_database(soci::session& sql) {
  int taken = 0;
  sql << "select cast(pg_try_advisory_lock(:lock) as integer)", soci::into(taken),
    soci::use(life_lock, "lock");
  return taken;
}

} // namespace troupe
