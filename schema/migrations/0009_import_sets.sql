-- Several files may be one fileset: where each of an import's is staged, what it became.

alter table import_files
  add column name    text not null default '', -- its path below the import's folder
  add column main    integer,                  -- position of its fileset's main file
  add column skipped boolean not null default false;

alter table filesets
  add column warnings jsonb not null default '[]'; -- what a reader left out, and why
