-- What a million images showed once more.

-- Orphans in the order in which they are listed: those of others are few.
drop index images_orphaned;
create index images_orphaned on images (name collate nat, id) include (owner_id, group_id)
  where orphan;

-- By their places in the table: joined with itself, a table that is full but was empty when
-- it was last looked at took minutes.
create or replace function index_pending(most integer) returns integer
  language plpgsql as $$
declare
  part  record;
  count integer := 0;
begin
  for part in
    with taken as (
      delete from search_pending as p
       where p.ctid = any(array(select next.ctid
                                  from search_pending as next
                                 order by next.kind, next.id
                                 limit most
                                   for update skip locked))
      returning p.kind, p.id
    )
    select kind, array_agg(id) as ids from taken group by kind
  loop
    perform index_objects(part.kind, part.ids);
    count := count + cardinality(part.ids);
  end loop;
  return count;
end
$$;
