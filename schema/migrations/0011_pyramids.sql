-- Levels that files lack: a job makes them, and the image's row says which are its own.

alter table images add column own_levels integer; -- null: all of them
alter table jobs add column progress double precision not null default 0, -- 0..1
                 add column error text not null default '';
-- jobs: kind 2 = pyramid, state 1 = failed
create index jobs_of_what on jobs (kind, dedup);

-- As the engine decides it: too large to draw whole, and no complex numbers.
create function lacks_levels(image images) returns boolean
  language sql immutable parallel safe as $$
  select cast(image.levels[array_length(image.levels, 1)][1] as bigint)
           * image.levels[array_length(image.levels, 1)][2] > 3192 * 3192
     and image.pixel_type < 9
$$;

insert into jobs (kind, dedup, payload, priority)
select 2, cast(i.id as text), jsonb_build_object('image', i.id), 7
  from images as i
 where lacks_levels(i) and i.state <> 2;
