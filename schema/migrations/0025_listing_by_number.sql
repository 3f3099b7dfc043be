-- Lists as OMERO's clients read them: by the name in lower case, from any row on.

create index projects_by_lower_name on projects (lower(name) collate "C", id);
create index datasets_by_lower_name on datasets (lower(name) collate "C", id);
create index images_by_lower_name on images (lower(name) collate "C", id);
create index screens_by_lower_name on screens (lower(name) collate "C", id);
create index plates_by_lower_name on plates (lower(name) collate "C", id);

-- Whether more than the name of an account is told.
create function knows(account bigint, who viewer) returns boolean
  language sql stable parallel safe as $$
    select (who).everything or account = (who).account
        or exists (select
                     from memberships as m
                    where m.account_id = account and m.group_id = any((who).led_groups))
  $$;
