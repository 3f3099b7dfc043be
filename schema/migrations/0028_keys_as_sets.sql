-- Thousands of rows at once: what they refer to is looked up together when all of them have
-- changed, instead of for one after the other. The keys stay declared, and are checked here
-- as they are declared. Only who may set session_replication_role can have it so: superusers,
-- and roles who were granted it.

-- Triggers of ours count in any case.
do $$
declare
  own record;
begin
  for own in
    select t.tgrelid::regclass as of_table, t.tgname as name
      from pg_trigger as t
      join pg_class as c on c.oid = t.tgrelid
     where c.relnamespace = cast(current_schema() as regnamespace)
       and not t.tgisinternal and t.tgparentid = 0
  loop
    execute format('alter table %s enable always trigger %I', own.of_table, own.name);
  end loop;
end
$$;

-- Until the end of the transaction, or until it is taken back. Tells whether it is so.
create function check_keys_later(yes boolean) returns boolean
  language plpgsql as $$
begin
  perform set_config('session_replication_role', case when yes then 'replica' else 'origin' end,
                     true);
  return yes;
exception when insufficient_privilege then
  return false;
end
$$;

-- A foreign key's columns, as conditions on its row `t` and the row `x` it refers to.
create function key_conditions(key pg_constraint, out whole text, out joined text, out by_id text)
  language sql stable as $$
    select string_agg(format('t.%I is not null', c.attname), ' and '),
           string_agg(format('x.%I = t.%I', p.attname, c.attname), ' and '),
           max(format('t.%I', c.attname)) filter (where p.attname = 'id')
      from unnest(key.conkey, key.confkey) as k (child, parent)
      join pg_attribute as c on c.attrelid = key.conrelid and c.attnum = k.child
      join pg_attribute as p on p.attrelid = key.confrelid and p.attnum = k.parent
  $$;

create function refuse_broken_key(key pg_constraint) returns void
  language plpgsql as $$
begin
  raise foreign_key_violation
    using message = format('rows of %s refer to what is not in %s', key.conrelid::regclass,
                           key.confrelid::regclass),
          constraint = key.conname;
end
$$;

-- Rows of a table, or of its partitions, that a condition on `t` chooses have what they refer
-- to. One connection writes: what is there stays.
create function check_keys_of(of_table regclass, chosen text) returns void
  language plpgsql as $$
declare
  key pg_constraint;
  at record;
  broken boolean;
begin
  for key in
    select * from pg_constraint
     where contype = 'f'
       and (conrelid = of_table
            or conparentid = 0
               and conrelid in (select relid from pg_partition_tree(of_table)))
  loop
    at := key_conditions(key);
    execute format('select exists (select from %s as t
                                    where (%s) and %s
                                      and not exists (select from %s as x where %s))',
                   key.conrelid::regclass, chosen, at.whole, key.confrelid::regclass, at.joined)
       into broken;
    if broken then
      perform refuse_broken_key(key);
    end if;
  end loop;
end
$$;

-- Whatever refers to one of the ids, a query, finds it in the table.
create function check_keys_to(to_table regclass, ids text) returns void
  language plpgsql as $$
declare
  key pg_constraint;
  at record;
  broken boolean;
begin
  for key in
    select * from pg_constraint
     where contype = 'f' and confrelid = to_table and conparentid = 0
  loop
    at := key_conditions(key);
    execute format('select exists (select from %s as t
                                    where %s in (%s) and %s
                                      and not exists (select from %s as x where %s))',
                   key.conrelid::regclass, at.by_id, ids, at.whole, to_table, at.joined)
       into broken;
    if broken then
      perform refuse_broken_key(key);
    end if;
  end loop;
end
$$;
