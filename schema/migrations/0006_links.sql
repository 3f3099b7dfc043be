-- What lies in what: one logical table, a partition per pair with real foreign keys.
-- Keys carry the group, so that no bug can link across groups. Indexes lead with the
-- ids: foreign key triggers do not know `kind`.

create table links (
  parent_id bigint not null,
  child_id  bigint not null,
  kind      smallint not null, -- 1 project > dataset, 2 dataset > image
  group_id  bigint not null,
  owner_id  bigint not null,   -- who linked
  created   timestamptz not null default now(),
  constraint links_key primary key (parent_id, child_id, kind),
  constraint links_owner_known foreign key (owner_id) references accounts
) partition by list (kind);
create index links_by_child on links (child_id, parent_id);
create index links_by_owner on links (owner_id);

create table links_project_dataset partition of links for values in (1);
alter table links_project_dataset
  add constraint links_project_known foreign key (parent_id, group_id)
    references projects (id, group_id) on delete cascade deferrable,
  add constraint links_dataset_known foreign key (child_id, group_id)
    references datasets (id, group_id) on delete cascade deferrable;

create table links_dataset_image partition of links for values in (2);
alter table links_dataset_image
  add constraint links_dataset_known foreign key (parent_id, group_id)
    references datasets (id, group_id) on delete cascade deferrable,
  add constraint links_image_known foreign key (child_id, group_id)
    references images (id, group_id) on delete cascade deferrable;

create function note_linked_images() returns trigger
  language plpgsql as $$
begin
  update images as i set orphan = false
    from added as l
   where i.id = l.child_id and l.kind = 2 and i.orphan;
  return null;
end
$$;

create function note_unlinked_images() returns trigger
  language plpgsql as $$
begin
  update images as i set orphan = true
    from removed as l
   where i.id = l.child_id and l.kind = 2 and not i.orphan
     and not exists (select from links as other where other.child_id = i.id and other.kind = 2);
  return null;
end
$$;

-- Statement triggers fire for the table a statement names: the parent for our own
-- statements, the partition for cascades of its foreign keys.
create trigger links_added after insert on links
  referencing new table as added for each statement execute function note_linked_images();
create trigger links_removed after delete on links
  referencing old table as removed for each statement execute function note_unlinked_images();
create trigger links_removed_by_cascade after delete on links_dataset_image
  referencing old table as removed for each statement execute function note_unlinked_images();
