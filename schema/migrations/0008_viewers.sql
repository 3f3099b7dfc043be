-- What an account may see: all of the groups it leads or that let members read, and
-- its own objects elsewhere, also in groups it has left.

create function viewer_of(who bigint) returns viewer
  language sql stable as $$
    with reach as (
      select g.id,
             m.group_id is not null and (m.leader or g.level >= 1) as whole
        from groups as g
        left join memberships as m on m.group_id = g.id and m.account_id = who
       where m.group_id is not null
          or exists (select from projects as p where p.group_id = g.id and p.owner_id = who)
          or exists (select from datasets as d where d.group_id = g.id and d.owner_id = who)
          or exists (select from images as i where i.group_id = g.id and i.owner_id = who)
    )
    select row(a.id, a.admin,
               array(select id from reach where whole order by id),
               array(select id from reach where not whole order by id))::viewer
      from accounts as a
     where a.id = who
  $$;
