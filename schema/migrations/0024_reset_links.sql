-- A link that sets a new password, once: at most one of each account, of which only the
-- hash of its secret is kept.

create table reset_links (
  account_id bigint not null,
  token_hash bytea not null,
  expires    timestamptz not null,
  constraint reset_links_key primary key (account_id),
  constraint reset_links_token_unique unique (token_hash),
  constraint reset_links_account foreign key (account_id) references accounts on delete cascade
);
