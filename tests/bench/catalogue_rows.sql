-- Images as a facility has them, for tests/bench/catalogue.sh: -v rows=1000000, in a
-- migrated database without any. 50 accounts in 20 groups of all levels, 200 datasets in
-- each; words of names from one in two images to one in all; one image in ten has a tag,
-- one in twenty a map. A seventh are of the account "bench", which also has what is big.
-- Rows first, their documents in one go.
set session_replication_role = replica;
select format('alter table %s disable trigger user', c.oid::regclass)
  from pg_class as c
 where c.relkind in ('r', 'p') and c.relnamespace = cast('public' as regnamespace)
\gexec
set synchronous_commit = off;

insert into groups (name, level)
select 'lab ' || n, n % 4 from generate_series(1, 20) as n;
insert into accounts (login, default_group_id)
select 'person' || n, 3 + 1 + n % 20 from generate_series(1, 50) as n;
insert into memberships (account_id, group_id)
select a.id, g
  from accounts as a, lateral (select distinct 4 + (a.id * k) % 20 as g
                                 from generate_series(1, 3) as k) as mine
 where a.login like 'person%';

create temporary table owners as
select row_number() over (order by account_id, group_id) - 1 as number, account_id, group_id
  from memberships
 where group_id > 3;

insert into groups (name, level) values ('bench', 3);
insert into accounts (login, default_group_id) select 'bench', id from groups where name = 'bench';
insert into memberships (account_id, group_id)
select a.id, g.id
  from accounts as a, groups as g
 where a.login = 'bench' and g.name in ('bench', 'user', 'lab 3', 'lab 7', 'lab 11');
create temporary table bench as
select id as account, default_group_id as lab from accounts where login = 'bench';

insert into filesets (id, owner_id, group_id, repo_id, prefix, format)
select n, coalesce(b.account, o.account_id), coalesce(b.lab, o.group_id), 1, 'bench/' || n,
       case when n % 9 = 0 then 'ZeissCZI' else 'OMETiff' end
  from generate_series(1, :rows / 10) as n
  join owners as o on o.number = n % (select count(*) from owners)
  left join bench as b on n % 7 = 0;
insert into files (fileset_id, position, name, client_path, bytes)
select s.id, 0, 'run' || s.id || '.czi',
       '/home/facility/' || s.owner_id || '/day' || s.id % 365 || '/run' || s.id || '.czi', 1000000
  from filesets as s;
insert into images (owner_id, group_id, fileset_id, series, name, description, size_x, size_y,
                    size_z, size_c, size_t, pixel_type, dimension_order, levels, tile, state,
                    orphan, created)
select s.owner_id, s.group_id, s.id, n % 10,
       concat_ws('_', case n % 2 when 0 then 'embryo' else 'HeLa' end,
                 case when n % 20 = 3 then 'mitosis' end,
                 case when n % 1000 = 7 then 'apoptosis' end,
                 'well' || chr(65 + n % 8) || n % 12, 'IMG', n || '.tif'),
       case when n % 3 = 0 then 'stained with GFP and DAPI, plate ' || n % 500 else '' end,
       case when n % 50 = 0 then 4096 else 1024 end, 1024, 1, 3, 1, 1, 'XYZCT',
       '{{1024,1024}}', '{256,256}', 1, false,
       timestamptz '2020-01-01' + n * (interval '5 years' / :rows)
  from generate_series(1, :rows) as n
  join filesets as s on s.id = 1 + (n - 1) / 10
 order by n;
insert into channels (image_id, position, name)
select i.id, c, (array['DAPI', 'GFP', 'mCherry'])[c + 1]
  from images as i, generate_series(0, 2) as c;

insert into annotations (owner_id, group_id, kind, text_value)
select a.account_id, g.id, 1, 'tag ' || n
  from groups as g
  join lateral (select min(account_id) as account_id from owners where group_id = g.id) as a on true
 cross join generate_series(1, 50) as n
 where g.id > 3 and a.account_id is not null;
insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
select i.id, t.id, 3, i.group_id, i.owner_id
  from images as i
  join annotations as t on t.kind = 1 and t.group_id = i.group_id
                       and t.text_value = 'tag ' || 1 + i.id / 10 % 50
 where i.id % 10 = 0;
insert into annotations (id, owner_id, group_id, kind, pairs)
select 1000000 + i.id, i.owner_id, i.group_id, 9,
       jsonb_build_array(jsonb_build_object('k', 'Gene', 'v', 'GENE' || i.id % 2000),
                         jsonb_build_object('k', 'dose', 'v', cast(i.id % 100 as text)))
  from images as i
 where i.id % 20 = 1;
insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
select a.id - 1000000, a.id, 3, a.group_id, a.owner_id
  from annotations as a
 where a.kind = 9;

-- What lies in what: a project of 200 datasets in each group, and those of bench.
insert into projects (owner_id, group_id, name)
select min(account_id), group_id, 'project ' || group_id from owners group by group_id;
insert into datasets (owner_id, group_id, name)
select p.owner_id, p.group_id, 'dataset ' || n
  from projects as p, generate_series(0, 199) as n
 order by p.id, n;
insert into links (parent_id, child_id, kind, group_id, owner_id)
select p.id, d.id, 1, p.group_id, p.owner_id
  from projects as p join datasets as d on d.group_id = p.group_id;
create temporary table shelves as
select id, group_id, row_number() over (partition by group_id order by id) - 1 as number from datasets;
insert into links (parent_id, child_id, kind, group_id, owner_id)
select d.id, i.id, 2, i.group_id, i.owner_id
  from images as i
  join shelves as d on d.group_id = i.group_id and d.number = i.id / 10 % 200;

-- Of bench: 7 in 10 in one dataset, 10,000 (of a million) to delete, as many to move.
insert into datasets (owner_id, group_id, name)
select account, lab, name from bench, unnest('{big,to delete,to move}'::text[]) as name;
create temporary table mine as
select i.id, row_number() over (order by i.id) - 1 as number from images as i, bench as b where i.owner_id = b.account;
create temporary table placed as
select m.id, d.id as dataset, d.name
  from mine as m
  join bench as b on true
  join datasets as d on d.group_id = b.lab
                    and d.name = case when m.number < :rows / 10 then 'big'
                                      when m.number < :rows / 10 + :rows / 100 then 'to delete'
                                      when m.number < :rows / 10 + :rows / 50 then 'to move' end;
insert into links (parent_id, child_id, kind, group_id, owner_id)
select p.dataset, p.id, 2, b.lab, b.account from placed as p, bench as b;
insert into annotations (owner_id, group_id, kind, text_value)
select account, lab, 1, word from bench, unnest('{everywhere,a,b,c,d,e}'::text[]) as word;
insert into annotation_links (parent_id, child_id, kind, group_id, owner_id)
select p.id, t.id, 3, b.lab, b.account
  from placed as p, bench as b, annotations as t
 where t.group_id = b.lab and t.kind = 1
   and case when t.text_value = 'everywhere' then p.name = 'big'
            else p.name <> 'big' end;

insert into plates (owner_id, group_id, name, rows, columns) select account, lab, 'plate', 16, 24 from bench;
insert into wells (plate_id, group_id, well_row, well_column)
select p.id, p.group_id, n / 24, n % 24 from plates as p, generate_series(0, 383) as n;
insert into fields (well_id, group_id, image_id, position)
select w.id, w.group_id, m.id, 0
  from wells as w join mine as m on m.number = :rows / 10 + :rows / 50 + w.well_row * 24 + w.well_column;
insert into rois (owner_id, group_id, image_id)
select b.account, b.lab, (select min(id) from mine) from bench as b, generate_series(1, :rows / 10);
insert into shapes (roi_id, image_id, position, kind, bounds, geometry)
select r.id, r.image_id, 0, 0, box(point(x, y), point(x + 8, y + 8)), array[x, y, 8, 8]
  from rois as r, lateral (select r.id * 7919 % 8180 as x, r.id * 104729 % 8180 as y) as at;
update images as i set orphan = true
  from mine as m
 where i.id = m.id and m.number >= :rows / 10 + :rows / 50
   and not exists (select from fields as f where f.image_id = i.id);

-- As the migration does it: indexes last.
drop index search_docs_words, search_docs_names;
analyze;
insert into search_docs (kind, id, owner_id, group_id, created, acquired, name, words)
select * from search_rows;
create index search_docs_words on search_docs using gin (words);
create index search_docs_names on search_docs using gin (search_letters(name) gin_trgm_ops);
vacuum analyze;
select format('alter table %s enable always trigger %I', t.tgrelid::regclass, t.tgname)
  from pg_trigger as t
  join pg_class as c on c.oid = t.tgrelid
 where c.relnamespace = cast('public' as regnamespace)
   and not t.tgisinternal and t.tgparentid = 0
\gexec
reset session_replication_role;
