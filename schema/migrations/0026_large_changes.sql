-- Changes of thousands of objects: one look-up for all of them, not one for each.

alter table trash_rows drop constraint trash_rows_trash_known;

create function forget_trash_rows() returns trigger
  language plpgsql as $$
begin
  delete from trash_rows as t
   using removed as r
   where t.trash_id = r.id;
  return null;
end
$$;
create trigger trash_emptied after delete on trash
  referencing old table as removed for each statement execute function forget_trash_rows();

-- Whoever takes links away because what they hold leaves too says so, until the next
-- statement that is not about such: nothing is kept up to date that is gone in a moment.
create function all_leave(yes boolean) returns void
  language sql as $$
    select set_config('troupe.all_leave', case when yes then 'on' else 'off' end, true)
  $$;
create function all_leave() returns boolean
  language sql stable as $$
    select coalesce(current_setting('troupe.all_leave', true), 'off') = 'on'
  $$;

create or replace function note_unlinked_images() returns trigger
  language plpgsql as $$
begin
  if all_leave() then
    return null;
  end if;
  update images as i set orphan = true
    from removed as l
   where i.id = l.child_id and l.kind = 2 and not i.orphan
     and not exists (select from links as other where other.child_id = i.id and other.kind = 2)
     and not exists (select from fields as f where f.image_id = i.id);
  return null;
end
$$;

create or replace function note_annotated() returns trigger
  language plpgsql as $$
declare
  kinds integer[];
  ids   bigint[];
begin
  if all_leave() then
    return null;
  end if;
  select array_agg(o.kind), array_agg(o.id) into kinds, ids
    from (select distinct l.kind, l.parent_id as id
            from changed as l
            join search_docs as d on d.kind = l.kind and d.id = l.parent_id) as o;
  if ids is not null then
    perform index_or_postpone(kinds, ids);
  end if;
  return null;
end
$$;
