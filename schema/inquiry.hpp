// Questions of people to the catalogue, all in one message: session, repository and
// database pass it on without knowing what is asked. A new question needs no line there.

#pragma once

#include "schema/message.hpp"
#include "schema/request_trace.hpp"

#include <soci/soci.h>

#include <any>
#include <memory>
#include <typeinfo>

namespace troupe {

/// What is asked, with its type hidden.
class question {
public:
  virtual ~question() = default;
  virtual bool writes() const = 0;
  /// Changes accounts, groups or sessions: more than writing.
  virtual bool administers() const = 0;
  /// Afterwards somebody may see or do less or more: every session must know.
  virtual bool changes_rights() const = 0;
  /// What is inside.
  virtual const std::type_info& asked() const = 0;
  /// Runs it for a viewer. @returns its reply.
  virtual std::any answer(soci::session& sql, const viewer& who) const = 0;
};

struct findings {
  static constexpr bool local = true;
  std::any value;
};

struct inquiry {
  static constexpr bool local = true;
  viewer who; ///< stamped by the session
  std::shared_ptr<const question> what;
  trace_mark trace = {};
  using reply = findings;
};
findings run(soci::session& sql, const inquiry& q);

/// @param q  of schema/queries: a message with `who`, `writes`, a reply and a run().
template <class Q>
inquiry inquiry_of(Q q) {
  class typed final : public question {
  public:
    explicit typed(Q q) : asked_{std::move(q)} {}
    bool writes() const override { return Q::writes; }
    bool administers() const override {
      return requires {
        Q::administers;
      };
    }
    bool changes_rights() const override {
      return requires {
        Q::administers;
      }
      || requires {
        Q::changes_rights;
      };
    }
    const std::type_info& asked() const override { return typeid(Q); }
    std::any answer(soci::session& sql, const viewer& who) const override {
      auto q = asked_;
      q.who = who;
      return typename Q::reply{run(sql, q)};
    }

  private:
    Q asked_;
  };
  return {{}, std::make_shared<typed>(std::move(q))};
}

} // namespace troupe
