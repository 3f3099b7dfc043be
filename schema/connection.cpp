#include "schema/connection.hpp"

#include "schema/kept_plans.hpp"
#include "schema/native.hpp"
#include "storage/failure.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>

namespace troupe {

namespace {

std::string percent_encoded(std::string_view text) {
  std::string out;
  for (unsigned char c : text) {
    if (std::isalnum(c) || c == '-' || c == '_' || c == '.' || c == '~')
      out += static_cast<char>(c);
    else
      out += fmt::format("%{:02X}", c);
  }
  return out;
}

std::map<std::string, std::string> parameters_of(const std::string& uri) {
  char* complaint = nullptr;
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed{
    PQconninfoParse(uri.c_str(), &complaint), PQconninfoFree};
  PQfreemem(complaint); // may quote the password
  if (!parsed)
    throw failure{errc::unavailable, "the database address is not a PostgreSQL URI"};
  std::map<std::string, std::string> found;
  for (auto* p = parsed.get(); p->keyword; ++p)
    if (p->val && *p->val)
      found[p->keyword] = p->val;
  return found;
}

// One URI without blanks, whatever came in: SOCI cuts connection strings at blanks.
std::string uri_of(const connection_options& how) {
  auto parameters = parameters_of(how.uri);
  parameters["application_name"] = how.application;
  parameters["client_encoding"] = "UTF8";
  parameters.try_emplace("connect_timeout", "5");
  auto& options = parameters["options"];
  // Pages are in memory or on flash: with the default of 4, whole tables are read where a
  // few thousand steps into an index do.
  options +=
    fmt::format(" -c timezone=UTC -c search_path=public -c jit=off"
                " -c random_page_cost=1.1"
                " -c statement_timeout={} -c idle_in_transaction_session_timeout=60000",
                how.statement_timeout.count());
  std::string uri = "postgresql:///";
  char separator = '?';
  for (const auto& [key, value] : parameters) {
    uri += fmt::format("{}{}={}", separator, key, percent_encoded(value));
    separator = '&';
  }
  return uri;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

// PostgreSQL quotes values in some classes of errors, and in the lines after the first.
// What askers are told in so many words names none of our constraints.
std::string describe(const soci::soci_error& e, const std::string& state) {
  if (state == "23505")
    return "there is such a one already";
  if (state == "23503")
    return "something this belongs to is not there any more";
  bool quotes_values = state.starts_with("22") || state.starts_with("P0");
  return quotes_values ? "the database refused a value (" + state + ")"
                       : first_line(e.get_error_message());
}

errc meaning_of(const std::string& state) {
  if (state == "23505")
    return errc::conflict;
  if (state == "23503")
    return errc::not_found;
  if (state == "53100")
    return errc::no_space;
  for (const char* passing : {"08", "40", "53", "55", "57"})
    if (state.starts_with(passing))
      return errc::unavailable;
  return state == "25P03" ? errc::unavailable : errc::internal;
}

} // namespace

void connect(soci::session& sql, const connection_options& how) {
  auto uri = uri_of(how);
  try {
    sql.open(postgresql_with_plans(), uri);
  } catch (const soci::soci_error& e) {
    throw failure{errc::unavailable, first_line(e.get_error_message())};
  }
  PQsetNoticeProcessor(
    native(sql), [](void*, const char*) {}, nullptr);
}

bool is_alive(soci::session& sql) {
  auto* raw = native(sql);
  // The second look sees the end of the stream behind a farewell message.
  return raw && PQconsumeInput(raw) == 1 && PQconsumeInput(raw) == 1
         && PQstatus(raw) == CONNECTION_OK;
}

void rethrow_as_failure(soci::session& sql) {
  bool connected = native(sql) && PQstatus(native(sql)) == CONNECTION_OK;
  try {
    throw;
  } catch (const failure&) {
    throw;
  } catch (const soci::postgresql_soci_error& e) {
    auto state = e.sqlstate();
    throw failure{connected ? meaning_of(state) : errc::unavailable, describe(e, state)};
  } catch (const soci::soci_error& e) {
    throw failure{connected ? errc::internal : errc::unavailable,
                  first_line(e.get_error_message())};
  } catch (const std::exception& e) {
    throw failure{errc::internal, e.what()};
  }
}

bool is_retryable(const std::exception& e) {
  auto* known = dynamic_cast<const soci::postgresql_soci_error*>(&e);
  return known && (known->sqlstate() == "40001" || known->sqlstate() == "40P01");
}

} // namespace troupe
