-- What people may do beyond seeing: with their own things, and with others' by the level
-- of the group, by leading it, by an administrator's privilege.

alter table accounts
  add column middle_name text not null default '',
  add column institution text not null default '',
  add column reader      boolean not null default false, -- looks and changes nothing
  add column privileges  integer not null default 32767, -- an administrator's, as bits
  add constraint accounts_privileges_known check (privileges between 0 and 32767);

alter table sessions
  add column kind       smallint not null default 0, -- 0 signed in, 1 API token, 2 acting as
  add column sudoer_id  bigint,
  add column name       text not null default '',    -- of a token
  add column scopes     integer not null default 7,  -- 1 read, 2 write, 4 administer
  add column led_groups bigint[],                    -- acting as somebody: only there
  add constraint sessions_sudoer_known foreign key (sudoer_id) references accounts on delete cascade;
create index sessions_by_sudoer on sessions (sudoer_id) where sudoer_id is not null;

alter table audits
  add column sudoer_id  bigint,
  add column session_id bigint,
  add column address    text;

alter type viewer
  add attribute author          bigint,   -- the account, 0 when it changes nothing
  add attribute privileges      integer,  -- see accounts.privileges; 0 for all others
  add attribute edit_groups     bigint[], -- whose objects may be edited, deleted
  add attribute annotate_groups bigint[],
  add attribute link_groups     bigint[],
  add attribute led_groups      bigint[];

create or replace function editable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (owner_id = (who).author or group_id = any((who).edit_groups)
            or (who).privileges & 2 <> 0)
  $$;

create function deletable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (owner_id = (who).author or group_id = any((who).edit_groups)
            or (who).privileges & 32 <> 0)
  $$;

create or replace function annotatable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (owner_id = (who).author or group_id = any((who).annotate_groups))
  $$;

create function linkable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (owner_id = (who).author or group_id = any((who).link_groups))
  $$;

create function movable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (owner_id = (who).author or (who).privileges & 512 <> 0)
  $$;

create function givable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select visible(owner_id, group_id, who)
       and (group_id = any((who).led_groups) or (who).privileges & 1024 <> 0)
  $$;

-- All of them at once, as bits: see `rights`.
create function rights_on(owner_id bigint, group_id bigint, who viewer) returns integer
  language sql immutable parallel safe as $$
    select cast(annotatable(owner_id, group_id, who) as integer)
         + cast(editable(owner_id, group_id, who) as integer) * 2
         + cast(linkable(owner_id, group_id, who) as integer) * 4
         + cast(deletable(owner_id, group_id, who) as integer) * 8
         + cast(movable(owner_id, group_id, who) as integer) * 16
         + cast(givable(owner_id, group_id, who) as integer) * 32
  $$;

create function right_names(rights integer) returns text[]
  language sql immutable parallel safe as $$
    select array(select name
                   from unnest('{annotate,edit,link,delete,move,give}'::text[])
                          with ordinality as all_of_them (name, n)
                  where rights & (1 << cast(n as integer) - 1) <> 0
                  order by n)
  $$;

-- @param most  privileges at most: who acts as an administrator has only what both have.
create function viewer_of(who bigint, most integer) returns viewer
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
          or exists (select from projects as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from datasets as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from images as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from screens as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from plates as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from folders as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from rois as o where o.group_id = g.id and o.owner_id = who)
          or exists (select from annotations as o where o.group_id = g.id and o.owner_id = who)
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

create or replace function viewer_of(who bigint) returns viewer
  language sql stable as $$
    select viewer_of(who, 32767)
  $$;

-- Everything that can be annotated, with whose rights count for it. Kinds as in
-- annotation_links.
create view objects (kind, id, owner_id, group_id) as
  select 1, id, owner_id, group_id from projects
  union all
  select 2, id, owner_id, group_id from datasets
  union all
  select 3, id, owner_id, group_id from images
  union all
  select 4, id, owner_id, group_id from annotations
  union all
  select 5, id, owner_id, group_id from screens
  union all
  select 6, id, owner_id, group_id from plates
  union all
  select 7, id, owner_id, group_id from folders
  union all
  select 8, id, owner_id, group_id from rois
  union all
  select 9, id, owner_id, group_id from filesets
  union all
  select 10, w.id, p.owner_id, p.group_id
    from wells as w join plates as p on p.id = w.plate_id
  union all
  select 11, r.id, p.owner_id, p.group_id
    from plate_runs as r join plates as p on p.id = r.plate_id
  union all
  select 12, c.id, i.owner_id, i.group_id
    from channels as c join images as i on i.id = c.image_id
  union all
  select 13, s.id, r.owner_id, r.group_id
    from shapes as s join rois as r on r.id = s.roi_id
  union all
  select 14, r.id, s.owner_id, s.group_id
    from reagents as r join screens as s on s.id = r.screen_id;

-- Which kinds a link joins.
create view link_kinds (kind, parent_kind, child_kind) as
  values (1, 1, 2), (2, 2, 3), (3, 5, 6), (4, 7, 3), (5, 7, 8);

-- Row 1, column 6 is "B7".
create function well_name(well_row integer, well_column integer) returns text
  language sql immutable parallel safe as $$
    select case when well_row >= 26 then chr(64 + well_row / 26) else '' end
           || chr(65 + well_row % 26) || well_column + 1
  $$;
