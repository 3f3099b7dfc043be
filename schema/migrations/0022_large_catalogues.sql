-- What a million images showed to be read whole.

drop index rois_by_group, folders_by_group;
create index rois_by_group on rois (group_id, owner_id);
create index folders_by_group on folders (group_id, owner_id);
create index annotations_by_group on annotations (group_id, owner_id);
-- Pyramids are looked after every few seconds.
create index images_with_own_levels on images (id) where own_levels is not null;

-- Where somebody owns something: one step into an index for each group. `exists` made the
-- planner read all that the person owns, or all there is.
-- @param most  privileges at most: who acts as an administrator has only what both have.
create or replace function viewer_of(who bigint, most integer) returns viewer
  language sql stable as $$
    with actor as (
      select a.id, a.admin, a.reader,
             case when a.admin and not a.reader then a.privileges & most else 0 end as privileges
        from accounts as a
       where a.id = who
    ), reach as (
      select g.id, g.level, m.group_id is not null as member,
             m.leader is true and not a.reader as leads,
             a.privileges & 2 <> 0 as edits
        from actor as a
       cross join groups as g
        left join memberships as m on m.group_id = g.id and m.account_id = a.id
       where m.group_id is not null
          or a.privileges & 2 <> 0
          or (select (o.group_id, o.owner_id) = (g.id, who) from projects as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from datasets as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from images as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from screens as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from plates as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from folders as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from rois as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
          or (select (o.group_id, o.owner_id) = (g.id, who) from annotations as o
               where (o.group_id, o.owner_id) >= (g.id, who) order by o.group_id, o.owner_id limit 1)
    )
    select row(a.id, a.admin,
               array(select id from reach where leads or (member and level >= 1) order by id),
               array(select id from reach
                      where not (leads or (member and level >= 1)) order by id),
               case when a.reader then 0 else a.id end,
               a.privileges,
               array(select id from reach
                      where leads or (member and level = 3 and not a.reader) order by id),
               array(select id from reach
                      where level >= 1 and not a.reader
                        and (leads or edits or (member and level >= 2)) order by id),
               array(select id from reach
                      where level >= 1 and not a.reader
                        and (leads or edits or (member and level = 3)) order by id),
               array(select id from reach where leads order by id))::viewer
      from actor as a
  $$;
