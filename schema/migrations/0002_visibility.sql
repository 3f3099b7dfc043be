-- The one place that decides who sees and who changes what. Every query asks these.

create type viewer as (
  account     bigint,
  everything  boolean,  -- an administrator
  full_groups bigint[], -- groups whose objects are all visible
  own_groups  bigint[]  -- groups where only the viewer's own are
);

-- Plain SQL so that the planner inlines them and sees indexable conditions.
create function sees_all(group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select (who).everything or group_id = any((who).full_groups)
  $$;

create function visible(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select sees_all(group_id, who)
        or (owner_id = (who).account and group_id = any((who).own_groups))
  $$;

create function editable(owner_id bigint, group_id bigint, who viewer) returns boolean
  language sql immutable parallel safe as $$
    select (who).everything
        or (owner_id = (who).account and visible(owner_id, group_id, who))
  $$;

-- As a person sorts names: "img2" before "img10", "A" beside "a".
create collation nat (provider = icu, locale = 'und-u-kn-true-ks-level2', deterministic = false);

create function rfc3339(at timestamptz) returns text
  language sql stable parallel safe as $$
    select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
  $$;
