-- What is found by words: a row per object with all its text. Triggers write it in the
-- transaction of what it tells of, so nothing else needs to know of search.

-- Accents and parts of names are ignored and found where the database has the extensions.
do $$
begin
  create extension if not exists unaccent;
exception when others then
  raise notice 'no unaccent: %', sqlerrm;
end
$$;
do $$
begin
  create extension if not exists pg_trgm;
exception when others then
  raise notice 'no pg_trgm: %', sqlerrm;
end
$$;

-- Small letters without accents, in any locale of the database.
do $$
declare
  home text := (select n.nspname
                  from pg_extension as e
                  join pg_namespace as n on n.oid = e.extnamespace
                 where e.extname = 'unaccent');
begin
  execute format('create function search_letters(body text) returns text
                    language sql immutable parallel safe
                    return lower(%s collate "und-x-icu")',
                 case when home is null then 'body'
                      else format('%1$I.unaccent(%2$L, body)', home, quote_ident(home) || '.unaccent')
                 end);
end
$$;

-- The same for documents and for what is asked: "IMG_12-H2B" is "img 12 h 2 b".
create function search_words(body text) returns text
  language sql immutable parallel safe
  return btrim(regexp_replace(
           regexp_replace(search_letters(body) collate "und-x-icu", '[^[:alnum:]]+', ' ', 'g'),
           '(?<=[[:alpha:]])(?=[[:digit:]])|(?<=[[:digit:]])(?=[[:alpha:]])', ' ', 'g'));

-- A text as a part of a document. Names made of several words ("mCherryCells") are in it
-- whole and in parts, so that "mcherry" and "cherry" both find them.
create function search_part(body text, weight "char") returns tsvector
  language sql immutable parallel safe
  return setweight(to_tsvector('simple', search_words(body)), weight);

create function search_name_part(body text, weight "char") returns tsvector
  language sql immutable parallel safe
  return search_part(body, weight)
         || case when body collate "und-x-icu" ~ '[[:lower:]][[:upper:]]'
                 then search_part(regexp_replace(body collate "und-x-icu",
                        '(?<=[[:lower:]])(?=[[:upper:]])|(?<=[[:upper:]])(?=[[:upper:]][[:lower:]])',
                        ' ', 'g'), weight)
                 else '' end;

-- A word of several parts is a phrase of them. The weight "D" asks for words of files
-- only, '' for all. Null when there is no letter or digit in it.
create function search_query(body text, prefix boolean, weight text) returns tsquery
  language sql immutable parallel safe
  return to_tsquery('simple', nullif(
           replace(search_words(body), ' ', ':' || weight || ' <-> ')
           || case when search_words(body) = '' then ''
                   when prefix then ':*' || weight
                   when weight <> '' then ':' || weight
                   else '' end, ''));

create function number_or_null(value text) returns double precision
  language plpgsql immutable parallel safe as $$
begin
  if value !~ '^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$' then
    return null;
  end if;
  return cast(value as double precision);
exception when data_exception then
  return null;
end
$$;

create table search_docs (
  kind     smallint not null, -- as in annotation_links: 1 project, 2 dataset, 3 image ...
  id       bigint not null,
  owner_id bigint not null,
  group_id bigint not null,
  created  timestamptz not null,
  acquired timestamptz,
  name     text not null,
  words    tsvector not null, -- A name, B tags and key-values, C descriptions, D files
  constraint search_docs_key primary key (kind, id)
);

-- Objects that were annotated by the thousand: their words follow within seconds.
create table search_pending (
  kind smallint not null,
  id   bigint not null,
  constraint search_pending_key primary key (kind, id)
);

-- Every text of what can be found. Cut, because a document holds 1 MB at most and an
-- image may be one of thousands of a fileset.
create view search_texts (kind, id, owner_id, group_id, created, acquired, name, description,
                          parts, files) as
  select 1, id, owner_id, group_id, created, cast(null as timestamptz), name, description,
         '', ''
    from projects
  union all
  select 2, id, owner_id, group_id, created, null, name, description, '', '' from datasets
  union all
  select 3, i.id, i.owner_id, i.group_id, i.created, i.acquired, i.name, i.description,
         (select left(string_agg(c.name, ' ' order by c.position), 10000)
            from channels as c
           where c.image_id = i.id and c.name <> ''),
         (select left(string_agg(case when strpos(f.client_path, f.name) > 0
                                      then f.client_path
                                      else f.client_path || ' ' || f.name end,
                                 ' ' order by f.position), 10000)
            from files as f
           where f.fileset_id = i.fileset_id and f.position < 10)
    from images as i
  union all
  select 5, id, owner_id, group_id, created, null, name, description, '', '' from screens
  union all
  select 6, p.id, p.owner_id, p.group_id, p.created, null, p.name, p.description,
         (select left(string_agg(r.name, ' ' order by r.position), 10000)
            from plate_runs as r
           where r.plate_id = p.id and r.name <> ''), ''
    from plates as p
  union all
  select 7, id, owner_id, group_id, created, null, name, description, '', '' from folders;

create function search_document(name text, description text, parts text, files text,
                                tags text, comments text) returns tsvector
  language sql immutable parallel safe
  return search_name_part(name, 'A')
         || search_part(coalesce(tags, ''), 'B')
         || search_part(left(description, 20000) || ' ' || coalesce(comments, ''), 'C')
         || search_name_part(coalesce(parts, ''), 'C')
         || search_name_part(coalesce(files, ''), 'D');

-- Tags, terms, keys and values count more than comments and names of attachments. Looked
-- up per object: a join would group the links of everything first.
create view search_rows (kind, id, owner_id, group_id, created, acquired, name, words) as
  select x.kind, x.id, x.owner_id, x.group_id, x.created, x.acquired, x.name,
         search_document(x.name, x.description, x.parts, x.files, a.tags, a.comments)
    from search_texts as x
   cross join lateral (
     select left(string_agg(
              case when a.kind in (1, 4) then a.text_value
                   when a.kind = 9 then (select string_agg(concat_ws(' ', p ->> 'k', p ->> 'v'), ' ')
                                           from jsonb_array_elements(a.pairs) as p)
              end, ' ' order by a.id), 40000) as tags,
            left(string_agg(
              case when a.kind = 2 then a.text_value
                   when a.kind = 10 then (select f.name from attachments as f
                                           where f.id = a.attachment_id)
              end, ' ' order by a.id), 20000) as comments
       from annotation_links as l
       join annotations as a on a.id = l.child_id
      where l.kind = x.kind and l.parent_id = x.id and a.kind in (1, 2, 4, 9, 10)
   ) as a;

-- The rows are locked before their texts are read: of two writers the later one sees
-- what the other wrote.
create function index_objects(of_kind integer, ids bigint[]) returns void
  language plpgsql as $$
begin
  perform from search_docs as d
    where d.kind = of_kind and d.id = any(ids)
    order by d.id
      for update;
  insert into search_docs as d (kind, id, owner_id, group_id, created, acquired, name, words)
  select * from search_rows as x where x.kind = of_kind and x.id = any(ids)
      on conflict (kind, id) do update
     set owner_id = excluded.owner_id, group_id = excluded.group_id,
         created = excluded.created, acquired = excluded.acquired, name = excluded.name,
         words = excluded.words;
end
$$;

-- Takes up to `most` of what is pending. Returns how many there were.
create function index_pending(most integer) returns integer
  language plpgsql as $$
declare
  part  record;
  count integer := 0;
begin
  for part in
    with taken as (
      delete from search_pending as p
       using (select kind, id from search_pending order by kind, id limit most
                 for update skip locked) as next
       where p.kind = next.kind and p.id = next.id
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

-- The argument of the following triggers is the kind of their table's objects.
create function note_new_objects() returns trigger
  language plpgsql as $$
begin
  perform index_objects(cast(tg_argv[0] as integer), array(select id from added));
  return null;
end
$$;

-- Words only when they changed: jobs touch images all the time, moves touch thousands.
create function note_changed_objects() returns trigger
  language plpgsql as $$
declare
  reworded bigint[] := array(select a.id
                               from added as a join removed as r on r.id = a.id
                              where (a.name, a.description)
                                    is distinct from (r.name, r.description));
begin
  update search_docs as d
     set owner_id = a.owner_id, group_id = a.group_id
    from added as a
    join removed as r on r.id = a.id
   where d.kind = cast(tg_argv[0] as integer) and d.id = a.id
     and (a.owner_id, a.group_id) is distinct from (r.owner_id, r.group_id);
  if cardinality(reworded) > 0 then
    perform index_objects(cast(tg_argv[0] as integer), reworded);
  end if;
  return null;
end
$$;

create function note_lost_objects() returns trigger
  language plpgsql as $$
begin
  delete from search_docs as d
   using removed as r
   where d.kind = cast(tg_argv[0] as integer) and d.id = r.id;
  return null;
end
$$;

create function note_channels() returns trigger
  language plpgsql as $$
declare
  named bigint[] := array(select distinct image_id from added where name <> '');
begin
  if cardinality(named) > 0 then
    perform index_objects(3, named);
  end if;
  return null;
end
$$;

create function note_renamed_channels() returns trigger
  language plpgsql as $$
declare
  renamed bigint[] := array(select distinct a.image_id
                              from added as a join removed as r on r.id = a.id
                             where a.name <> r.name);
begin
  if cardinality(renamed) > 0 then
    perform index_objects(3, renamed);
  end if;
  return null;
end
$$;

create function note_runs() returns trigger
  language plpgsql as $$
begin
  perform index_objects(6, array(select distinct plate_id from added));
  return null;
end
$$;

-- One tag may be put on 100,000 images at once. A thousand are indexed at once (0.1 s),
-- more are left to index_pending: `tag` and `key=value` are looked up through the links
-- and need not wait for it.
create function index_or_postpone(kinds integer[], ids bigint[]) returns void
  language plpgsql as $$
declare
  of_kind integer;
begin
  if cardinality(ids) > 1000 then
    insert into search_pending (kind, id)
    select o.kind, o.id
      from unnest(kinds, ids) as o (kind, id)
        on conflict do nothing;
    return;
  end if;
  for of_kind in select distinct k from unnest(kinds) as k loop
    perform index_objects(of_kind, array(select o.id
                                           from unnest(kinds, ids) as o (kind, id)
                                          where o.kind = of_kind));
  end loop;
end
$$;

create function note_annotated() returns trigger
  language plpgsql as $$
declare
  kinds integer[];
  ids   bigint[];
begin
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

create function note_edited_annotations() returns trigger
  language plpgsql as $$
declare
  kinds integer[];
  ids   bigint[];
begin
  select array_agg(o.kind), array_agg(o.id) into kinds, ids
    from (select distinct l.kind, l.parent_id as id
            from added as a
            join removed as r on r.id = a.id
            join annotation_links as l on l.child_id = a.id
           where (a.text_value, a.pairs, a.attachment_id)
                 is distinct from (r.text_value, r.pairs, r.attachment_id)
             and l.kind in (1, 2, 3, 5, 6, 7)) as o;
  if ids is not null then
    perform index_or_postpone(kinds, ids);
  end if;
  return null;
end
$$;

insert into search_docs (kind, id, owner_id, group_id, created, acquired, name, words)
select * from search_rows;

create index search_docs_words on search_docs using gin (words);
-- Common words are found by walking from the newest on, in the visible groups.
create index search_docs_by_created on search_docs (created, kind, id);
create index search_docs_by_group on search_docs (group_id, created, kind, id);
create index search_docs_by_owner on search_docs (owner_id, created);
do $$
begin
  if exists (select from pg_extension where extname = 'pg_trgm') then
    create index search_docs_names on search_docs using gin (search_letters(name) gin_trgm_ops);
  end if;
end
$$;
-- Sizes are few: equal ones share their entries.
create index images_by_size_x on images (size_x);
create index images_by_size_y on images (size_y);
create index images_by_size_z on images (size_z);
create index images_by_size_c on images (size_c);
create index images_by_size_t on images (size_t);
create index annotations_tag_words on annotations (search_letters(text_value) text_pattern_ops)
  where kind = 1;

do $$
declare
  part record;
begin
  for part in
    select *
      from (values (1, 'projects'), (2, 'datasets'), (3, 'images'), (5, 'screens'),
                   (6, 'plates'), (7, 'folders')) as kinds (number, name)
  loop
    execute format('create trigger %2$s_found after insert on %2$s
                      referencing new table as added
                      for each statement execute function note_new_objects(%1$s)',
                   part.number, part.name);
    execute format('create trigger %2$s_found_changed after update on %2$s
                      referencing new table as added old table as removed
                      for each statement execute function note_changed_objects(%1$s)',
                   part.number, part.name);
    execute format('create trigger %2$s_found_no_more after delete on %2$s
                      referencing old table as removed
                      for each statement execute function note_lost_objects(%1$s)',
                   part.number, part.name);
    -- Of cascades: see links_removed_by_cascade.
    execute format('create trigger %1$s_annotated_no_more after delete on annotation_links_%1$s
                      referencing old table as changed
                      for each statement execute function note_annotated()', part.name);
  end loop;
end
$$;
create trigger objects_annotated after insert on annotation_links
  referencing new table as changed for each statement execute function note_annotated();
create trigger objects_annotated_no_more after delete on annotation_links
  referencing old table as changed for each statement execute function note_annotated();
create trigger annotations_edited after update on annotations
  referencing new table as added old table as removed
  for each statement execute function note_edited_annotations();
create trigger channels_found after insert on channels
  referencing new table as added for each statement execute function note_channels();
create trigger channels_renamed after update on channels
  referencing new table as added old table as removed
  for each statement execute function note_renamed_channels();
create trigger runs_found after insert on plate_runs
  referencing new table as added for each statement execute function note_runs();
create trigger runs_renamed after update on plate_runs
  referencing new table as added for each statement execute function note_runs();
