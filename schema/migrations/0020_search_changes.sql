-- Which rows an update has changed, whatever the plan that was made for the first one of
-- the connection: a join of old and new rows by nested loops takes minutes for thousands.
-- Set operations are hashed or sorted.

create or replace function note_changed_objects() returns trigger
  language plpgsql as $$
declare
  of_kind  integer  := tg_argv[0];
  reworded bigint[] := array(select id
                               from (select id, name, description from added
                                     except
                                     select id, name, description from removed) as x);
  moved    bigint[] := array(select id
                               from (select id, owner_id, group_id from added
                                     except
                                     select id, owner_id, group_id from removed) as x);
begin
  if cardinality(moved) > 0 then
    update search_docs as d
       set owner_id = x.owner_id, group_id = x.group_id
      from search_texts as x
     where d.kind = of_kind and d.id = any(moved) and x.kind = of_kind and x.id = d.id;
  end if;
  if cardinality(reworded) > 0 then
    perform index_objects(of_kind, reworded);
  end if;
  return null;
end
$$;

create or replace function note_renamed_channels() returns trigger
  language plpgsql as $$
declare
  renamed bigint[] := array(select distinct image_id
                              from (select id, image_id, name from added
                                    except
                                    select id, image_id, name from removed) as x);
begin
  if cardinality(renamed) > 0 then
    perform index_objects(3, renamed);
  end if;
  return null;
end
$$;

create or replace function note_edited_annotations() returns trigger
  language plpgsql as $$
declare
  edited bigint[] := array(select id
                             from (select id, text_value, pairs, attachment_id from added
                                   except
                                   select id, text_value, pairs, attachment_id from removed)
                                    as x);
  kinds  integer[];
  ids    bigint[];
begin
  if cardinality(edited) = 0 then
    return null;
  end if;
  select array_agg(o.kind), array_agg(o.id) into kinds, ids
    from (select distinct l.kind, l.parent_id as id
            from annotation_links as l
           where l.child_id = any(edited) and l.kind in (1, 2, 3, 5, 6, 7)) as o;
  if ids is not null then
    perform index_or_postpone(kinds, ids);
  end if;
  return null;
end
$$;
