-- For tests/bench/ui/run.sh, in a catalogue that holds the single planes of the specimens:
-- :rows images in the dataset "many", copies of those, whose originals they share, so that each
-- can be drawn; a plate of 32 x 48 of them; :shapes regions on an image of its own.
set session_replication_role = replica; -- rows first, their documents in one go
set synchronous_commit = off;

create temporary table models as
select i.*, row_number() over (order by i.id) - 1 as number
  from images as i
  join links as l on l.kind = 2 and l.child_id = i.id
  join datasets as d on d.id = l.parent_id and d.name = 'Single planes'
 where i.state = 1;
create temporary table copies as
select n, m.id as model, m.fileset_id as source,
       (select max(id) from images) + n as id, (select max(id) from filesets) + n as fileset
  from generate_series(1, :rows + 1536) as n
  join models as m on m.number = n % (select count(*) from models);

insert into filesets (id, owner_id, group_id, repo_id, prefix, format)
select c.fileset, s.owner_id, s.group_id, s.repo_id, s.prefix, s.format
  from copies as c join filesets as s on s.id = c.source;
insert into files (fileset_id, position, name, client_path, bytes, sha256, modified_ns)
select c.fileset, f.position, f.name, f.client_path, f.bytes, f.sha256, f.modified_ns
  from copies as c join files as f on f.fileset_id = c.source;
select string_agg(column_name, ', ') as rest
  from information_schema.columns
 where table_name = 'images' and table_schema = 'public'
   and column_name not in ('id', 'fileset_id', 'name', 'orphan')
\gset image_
insert into images (id, fileset_id, name, orphan, :image_rest)
select c.id, c.fileset, 'image ' || lpad(cast(c.n as text), 6, '0'), false, :image_rest
  from copies as c
  join (select id as model, :image_rest from models) as m using (model)
 order by c.n;
select string_agg(column_name, ', ') as rest
  from information_schema.columns
 where table_name = 'channels' and table_schema = 'public' and column_name not in ('id', 'image_id')
\gset channel_
insert into channels (image_id, :channel_rest)
select c.id, :channel_rest
  from copies as c
  join (select image_id as model, :channel_rest from channels) as h using (model);

create temporary table home as select owner_id, group_id from models limit 1;
insert into datasets (owner_id, group_id, name) select owner_id, group_id, 'many' from home;
insert into links (parent_id, child_id, kind, group_id, owner_id)
select d.id, c.id, 2, d.group_id, d.owner_id
  from copies as c join datasets as d on d.name = 'many'
 where c.n <= :rows;

insert into plates (owner_id, group_id, name, rows, columns) select owner_id, group_id, 'wells', 32, 48 from home;
insert into wells (plate_id, group_id, well_row, well_column)
select p.id, p.group_id, n / 48, n % 48
  from plates as p, generate_series(0, 1535) as n
 where p.name = 'wells';
insert into fields (well_id, group_id, image_id, position)
select w.id, w.group_id, c.id, 0
  from wells as w
  join plates as p on p.id = w.plate_id and p.name = 'wells'
  join copies as c on c.n = :rows + 1 + w.well_row * 48 + w.well_column;

-- Regions lie on the last image of the dataset, all over its 500 x 500 pixels.
create temporary table crowded as select id from copies where n = :rows;
insert into rois (owner_id, group_id, image_id)
select h.owner_id, h.group_id, c.id from home as h, crowded as c, generate_series(1, :shapes);
insert into shapes (roi_id, image_id, position, kind, bounds, geometry)
select r.id, r.image_id, 0, 0, box(point(x, y), point(x + 2, y + 2)), array[x, y, 2, 2]
  from rois as r
  join crowded as c on c.id = r.image_id, lateral (select r.id * 7919 % 500 as x, r.id * 104729 % 500 as y) as at;

-- The ids that were given by hand are taken.
select setval(pg_get_serial_sequence('images', 'id'), (select max(id) from images)),
       setval(pg_get_serial_sequence('filesets', 'id'), (select max(id) from filesets)) \g /dev/null
analyze;
insert into search_docs (kind, id, owner_id, group_id, created, acquired, name, words)
select s.* from search_rows as s
 where not exists (select from search_docs as d where d.kind = s.kind and d.id = s.id);
vacuum analyze;
reset session_replication_role;
