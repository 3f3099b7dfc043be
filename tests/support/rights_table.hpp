// Who may do what with whose things, as the domain reference states it (section 2), for
// every actor and level: what SQL and HTTP are held against.

#pragma once

#include "schema/message.hpp"

#include <fmt/format.h>

#include <array>
#include <string>

namespace troupe::test {

enum class role {
  owner,
  member,
  leader,
  stranger,
  admin,
  writer,
  remover,
  mover,
  giver,
  reader
};
inline constexpr std::array roles{
  role::owner,  role::member,  role::leader, role::stranger, role::admin,
  role::writer, role::remover, role::mover,  role::giver,    role::reader};
inline constexpr std::array role_names{"owner", "member", "leader",  "stranger",
                                       "admin", "writer", "remover", "mover",
                                       "giver", "reader"};

inline int32_t privileges_of(role r) {
  switch (r) {
    case role::admin: return all_privileges;
    case role::writer: return static_cast<int32_t>(privilege::write_owned);
    case role::remover: return static_cast<int32_t>(privilege::delete_owned);
    case role::mover: return static_cast<int32_t>(privilege::move);
    case role::giver: return static_cast<int32_t>(privilege::give);
    default: return 0;
  }
}

inline bool is_admin(role r) {
  return r >= role::admin && r <= role::giver;
}

struct rights {
  bool view = false, annotate = false, edit = false, link = false, remove = false,
       move = false, give = false;
};

/// The rules in words of the reference, section 2; `level` 0 private to 3 read-write.
inline rights expected(role r, int level) {
  const auto held = privileges_of(r);
  auto has = [&](privilege p) { return (held & static_cast<int32_t>(p)) != 0; };
  const bool own = r == role::owner, leads = r == role::leader,
             in_group =
               r == role::owner || r == role::member || leads || r == role::reader,
             changes = r != role::reader;
  rights x;
  x.view = own || is_admin(r) || leads || (in_group && level >= 1);
  if (!x.view || !changes)
    return x;
  const bool privately = level == 0 && !own; // not even who leads or administers
  x.edit = own || has(privilege::write_owned) || leads || (in_group && level == 3);
  x.remove = own || has(privilege::delete_owned) || leads || (in_group && level == 3);
  x.annotate =
    !privately
    && (own || has(privilege::write_owned) || leads || (in_group && level >= 2));
  x.link = !privately && x.edit;
  x.move = own || has(privilege::move);
  x.give = leads || has(privilege::give);
  return x;
}

inline std::string text(const rights& r) {
  return fmt::format("view {} annotate {} edit {} link {} delete {} move {} give {}",
                     r.view, r.annotate, r.edit, r.link, r.remove, r.move, r.give);
}

} // namespace troupe::test
