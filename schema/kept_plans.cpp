#include "schema/kept_plans.hpp"

#include <soci/postgresql/soci-postgresql.h>

#include <map>
#include <memory>

namespace troupe {

namespace {

using by_text = std::map<std::string, std::string>; ///< names of prepared statements

class kept_statement final : public soci::postgresql_statement_backend {
public:
  kept_statement(soci::postgresql_session_backend& session, by_text& names)
    : soci::postgresql_statement_backend{session, false},
      names_of_{names} {}
  ~kept_statement() override {
    if (is_kept_) // what has a name is else forgotten with the statement
      statementName_.clear();
  }

  void prepare(const std::string& query, soci::details::statement_type type) override {
    if (!query.starts_with(kept))
      return soci::postgresql_statement_backend::prepare(query, type);
    soci::postgresql_statement_backend::prepare(query, soci::details::st_one_time_query);
    statementName_ = name_of(query_); // by now its parameters have numbers
    stType_ = soci::details::st_repeatable_query;
    is_kept_ = true;
  }

private:
  const std::string& name_of(const std::string& text) {
    auto known = names_of_.find(text);
    if (known == names_of_.end()) {
      auto name = session_.get_next_statement_name();
      soci::details::postgresql_result made{
        session_, PQprepare(session_.conn_, name.c_str(), text.c_str(), 0, nullptr)};
      made.check_for_errors("Cannot prepare statement.");
      known = names_of_.emplace(text, std::move(name)).first;
    }
    return known->second;
  }

  by_text& names_of_;
  bool is_kept_ = false;
};

class session_with_plans final : public soci::postgresql_session_backend {
public:
  explicit session_with_plans(const soci::connection_parameters& parameters)
    : soci::postgresql_session_backend{parameters, false} {}
  soci::postgresql_statement_backend* make_statement_backend() override {
    return new kept_statement{*this, names_};
  }

private:
  by_text names_;
};

class factory final : public soci::backend_factory {
public:
  soci::details::session_backend*
  make_session(const soci::connection_parameters& parameters) const override {
    return new session_with_plans{parameters};
  }
};

} // namespace

const soci::backend_factory& postgresql_with_plans() {
  static const factory one;
  return one;
}

} // namespace troupe
