-- What the queries of the kinds share. Each of them is a SELECT that the reader puts behind this.
-- Their columns: kind, class, oid, sub (as in pg_depend), parent (OID of the table that it is a part
-- of), schema, name, identity, comment; then facts, which begin with an underscore, and
-- attributes, which are what two catalogs are compared by. A NULL attribute is the default.
-- A line that begins with "-- since N:" is there from PostgreSQL N on. The setting quire.managed is the
-- name of the provider whose own objects are left out, "" for none.
with member as (
    select d.classid, d.objid
    from pg_depend d
    where d.deptype = 'e'
),
user_schema as (
    select n.oid, n.nspname as name, quote_ident(n.nspname) as quoted, n.nspacl as acl
    from pg_namespace n
    where n.nspname !~ '^pg_'
      and n.nspname not in ('information_schema', 'quire')
      and not exists (
          select from member m
          where m.classid = 'pg_namespace'::regclass and m.objid = n.oid)
),
relation as (
    select c.*, s.name as schema, s.quoted || '.' || quote_ident(c.relname) as identity
    from pg_class c
    join user_schema s on s.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S', 'c')
      -- What Neon makes in a project's schemas (public.health_check) belongs to its superuser.
      and not (coalesce(current_setting('quire.managed', true), '') = 'neon'
               and pg_get_userbyid(c.relowner) = 'cloud_admin')
      and not exists (
          select from member m
          where m.classid = 'pg_class'::regclass and m.objid = c.oid)
),
-- The storage parameters of relations, in the order in which they were given.
option as (
    select c.oid, o.n, o.text
    from pg_class c
    cross join lateral unnest(c.reloptions) with ordinality as o(text, n)
    union all
    select c.oid, 1000 + o.n, 'toast.' || o.text
    from pg_class c
    join pg_class t on t.oid = c.reltoastrelid
    cross join lateral unnest(t.reloptions) with ordinality as o(text, n)
),
-- The sequences with what is not the default spelled out, as CREATE SEQUENCE has it.
sequence_option as (
    select q.seqrelid as oid,
           case when q.seqtypid <> 'bigint'::regtype then format_type(q.seqtypid, null) end as type,
           case when q.seqincrement <> 1 then q.seqincrement end as increment,
           case when q.seqmin <> case when q.seqincrement > 0 then 1 else b.low end
                then q.seqmin end as minimum,
           case when q.seqmax <> case when q.seqincrement > 0 then b.high else -1 end
                then q.seqmax end as maximum,
           case when q.seqstart <> case when q.seqincrement > 0 then q.seqmin else q.seqmax end
                then q.seqstart end as start,
           case when q.seqcache <> 1 then q.seqcache end as cache,
           case when q.seqcycle then 'CYCLE' end as cycle
    from pg_sequence q
    cross join lateral (
        select case q.seqtypid when 'smallint'::regtype then -32768
                               when 'integer'::regtype then -2147483648
                               else -9223372036854775808 end as low,
               case q.seqtypid when 'smallint'::regtype then 32767
                               when 'integer'::regtype then 2147483647
                               else 9223372036854775807 end as high) b
)
