// Questions of commands to the database of a data folder, server running or not.

#pragma once

#include "http/database_start.hpp"
#include "schema/connection.hpp"
#include "storage/failure.hpp"

namespace troupe::http {

/// Runs one question in a transaction.
template <class Q>
typename Q::reply ask_database(const configuration& config, const Q& q) {
  database_visit visit{config};
  soci::session sql;
  connect(sql, {.uri = visit.uri()});
  try {
    soci::transaction scope{sql};
    auto reply = run(sql, q);
    scope.commit();
    return reply;
  } catch (const failure&) {
    throw;
  } catch (const std::exception&) {
    rethrow_as_failure(sql);
  }
}

} // namespace troupe::http
