-- Rows that nothing asks for before they come back lie in the trash a thousand together.

alter table trash_rows alter content drop not null,
                       add bundle json, -- [row, ...] instead of the content
                       add constraint trash_rows_one_or_many
                         check ((content is null) <> (bundle is null));

create view trashed (trash_id, step, table_name, pointer, content) as
  select trash_id, step, table_name, pointer, content from trash_rows where bundle is null
  union all
  select r.trash_id, r.step, r.table_name, null, cast(x.value as jsonb)
    from trash_rows as r
   cross join lateral json_array_elements(r.bundle) as x (value)
   where r.bundle is not null;
