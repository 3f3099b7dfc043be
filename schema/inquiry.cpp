#include "schema/inquiry.hpp"

namespace troupe {

findings run(soci::session& sql, const inquiry& q) {
  return {q.what->answer(sql, q.who)};
}

} // namespace troupe
