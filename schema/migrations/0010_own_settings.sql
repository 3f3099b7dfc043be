-- Settings that people keep for themselves beside the owner's, and who may.

alter table renderings
  add column quantum smallint[] not null default '{0,255,255}', -- {start, end, resolution}
  add constraint renderings_quantum_whole check (cardinality(quantum) = 3);

-- Own settings, annotations, regions of interest: of one's own things always, of others'
-- where the group lets its members. Not even an administrator leaves traces in a private
-- group.
create function annotatable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql stable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (owner_id = (who).account
            or exists (
              select
                from groups as g
                left join memberships as m
                       on m.group_id = g.id and m.account_id = (who).account
               where g.id = annotatable.group_id
                 and ((g.level >= 2 and m.account_id is not null)
                      or (g.level >= 1 and ((who).everything or m.leader)))))
  $$;
