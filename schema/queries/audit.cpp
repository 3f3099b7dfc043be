#include "schema/queries/audit.hpp"

#include "schema/queries/rows.hpp"

namespace troupe {

void note(soci::session& sql, const viewer& who, const audit_note& what) {
  auto objects = array_of(what.objects), detail = what.detail.dump();
  sql << R"sql(
    insert into audits (account_id, sudoer_id, session_id, address, action, kind, object_id,
                        group_id, detail)
    select nullif(:account, 0), nullif(:sudoer, 0), nullif(:session, 0),
           (select s.address from sessions as s where s.id = :session), :action, :kind,
           o.id, nullif(:group, 0), cast(:detail as jsonb)
      from unnest(cast(:objects as bigint[])) as o (id))sql",
    soci::use(who.account, "account"), soci::use(who.sudoer, "sudoer"),
    soci::use(who.session, "session"), soci::use(what.action, "action"),
    soci::use(what.kind, "kind"), soci::use(what.group, "group"),
    soci::use(detail, "detail"), soci::use(objects, "objects");
}

} // namespace troupe
