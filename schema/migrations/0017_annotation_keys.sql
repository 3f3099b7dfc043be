-- Keys of key-values, counted per owner and group: completing a key reads no annotations.

create table annotation_keys (
  group_id bigint not null,
  owner_id bigint not null,
  key      text not null, -- its first 255 characters
  uses     bigint not null,
  constraint annotation_keys_key primary key (group_id, owner_id, key),
  constraint annotation_keys_group_known foreign key (group_id) references groups on delete cascade,
  constraint annotation_keys_owner_known foreign key (owner_id) references accounts on delete cascade
);
create index annotation_keys_by_owner on annotation_keys (owner_id);

-- Keys nobody uses any more stay, with no uses.
create function count_annotation_keys() returns trigger
  language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    update annotation_keys as k set uses = k.uses - gone.uses
      from (select a.group_id, a.owner_id, left(coalesce(p.pair ->> 'k', ''), 255) as key,
                   count(*) as uses
              from removed as a
             cross join jsonb_array_elements(a.pairs) as p (pair)
             where a.pairs is not null
             group by 1, 2, 3) as gone
     where k.group_id = gone.group_id and k.owner_id = gone.owner_id and k.key = gone.key;
  end if;
  if tg_op <> 'DELETE' then
    insert into annotation_keys as k (group_id, owner_id, key, uses)
    select a.group_id, a.owner_id, left(coalesce(p.pair ->> 'k', ''), 255), count(*)
      from added as a
     cross join jsonb_array_elements(a.pairs) as p (pair)
     where a.pairs is not null
     group by 1, 2, 3
        on conflict (group_id, owner_id, key) do update set uses = k.uses + excluded.uses;
  end if;
  return null;
end
$$;

create trigger annotations_added after insert on annotations
  referencing new table as added for each statement execute function count_annotation_keys();
create trigger annotations_removed after delete on annotations
  referencing old table as removed for each statement execute function count_annotation_keys();
create trigger annotations_changed after update on annotations
  referencing old table as removed new table as added
  for each statement execute function count_annotation_keys();

insert into annotation_keys (group_id, owner_id, key, uses)
select a.group_id, a.owner_id, left(coalesce(p.pair ->> 'k', ''), 255), count(*)
  from annotations as a
 cross join jsonb_array_elements(a.pairs) as p (pair)
 where a.pairs is not null
 group by 1, 2, 3;
