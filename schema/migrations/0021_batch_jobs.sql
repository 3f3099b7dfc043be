-- Long work that people asked for and do not wait for: what was asked of many objects, how
-- far it is, and what became of each.

create table batch_jobs (
  id         bigint generated always as identity,
  owner_id   bigint not null,
  session_id bigint not null,  -- whose rights count, as they are at each step
  act        text not null,    -- change, link, delete ...
  kind       smallint not null, -- of the objects, as in annotation_links
  what       jsonb not null,   -- the question without its list
  ids        bigint[] not null, -- ascending, each once
  total      integer not null, -- of ids
  handled    integer not null default 0, -- of them, from the first on
  refused    integer not null default 0,
  state      smallint not null default 0, -- 0 waiting, 1 running, 2 done, 3 failed, 4 cancelled
  attempts   smallint not null default 0, -- since a step last succeeded
  error      text,             -- why it failed: a word and a sentence
  reason     text,
  answer     jsonb,            -- of deletions, moves and gifts; before the act its preview
  created    timestamptz not null default now(),
  started    timestamptz,
  touched    timestamptz not null default now(), -- the last step: jobs take turns
  ended      timestamptz,
  constraint batch_jobs_key primary key (id),
  constraint batch_jobs_owner_known foreign key (owner_id) references accounts on delete cascade,
  constraint batch_jobs_state_known check (state between 0 and 4),
  constraint batch_jobs_progress check (handled between 0 and total)
);
create index batch_jobs_by_owner on batch_jobs (owner_id, id);
create index batch_jobs_open on batch_jobs (touched) where ended is null;
create index batch_jobs_by_end on batch_jobs (ended) where ended is not null;

create table batch_job_results (
  job_id    bigint not null,
  object_id bigint not null,
  error     text, -- null: done
  reason    text,
  constraint batch_job_results_key primary key (job_id, object_id),
  constraint batch_job_results_job_known foreign key (job_id) references batch_jobs on delete cascade
);
create index batch_job_results_refused on batch_job_results (job_id, object_id)
  where error is not null;

-- @param first  from 0.
create function part_of(ids bigint[], first integer, most integer) returns bigint[]
  language sql immutable parallel safe
  return ids[first + 1 : first + most];
