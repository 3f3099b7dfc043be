-- Work that is committed with its cause, and a history of who did what.

create table jobs (
  id          bigint generated always as identity,
  kind        smallint not null, -- 1 measure
  dedup       text not null,
  payload     jsonb not null,
  priority    smallint not null default 5,
  attempts    integer not null default 0,
  state       smallint not null default 0, -- 0 waiting
  created     timestamptz not null default now(),
  constraint jobs_key primary key (id)
);
create unique index jobs_waiting_once on jobs (kind, dedup) where state = 0;

create table audits (
  at         timestamptz not null default clock_timestamp(),
  account_id bigint, -- who did it; no foreign key: history outlives accounts
  action     smallint not null,
  kind       smallint not null,
  object_id  bigint not null,
  group_id   bigint,
  detail     jsonb not null default '{}'
) partition by range (at);
create index audits_by_object on audits (kind, object_id, at);
create table audits_rest partition of audits default;
