-- The version is the server's business: it is not compared.
select 'extension' as kind, e.tableoid as class, e.oid, 0 as sub,
       null::oid as parent, null::name as schema, e.extname as name,
       quote_ident(e.extname) as identity,
       -- CREATE EXTENSION makes a comment of its own: only another one counts.
       nullif(obj_description(e.oid, 'pg_extension'),
              (select a.comment from pg_available_extensions a where a.name = e.extname)) as comment,
       n.nspname as _schema,
       quote_ident(n.nspname) as located
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'
