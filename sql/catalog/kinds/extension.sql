select 'extension' as kind, e.tableoid as class, e.oid, 0 as sub,
       null::oid as parent, null::name as schema, e.extname as name,
       quote_ident(e.extname) as identity,
       -- CREATE EXTENSION makes a comment of its own: only another one counts.
       nullif(obj_description(e.oid, 'pg_extension'),
              (select a.comment from pg_available_extensions a where a.name = e.extname)) as comment,
       n.nspname as _schema,
       e.extrelocatable as _relocatable,
       quote_ident(n.nspname) as located,
       -- Which one is the default is the server's business: only another one counts.
       (select e.extversion from pg_available_extensions a
        where a.name = e.extname and a.default_version <> e.extversion) as version
from pg_extension e
join pg_namespace n on n.oid = e.extnamespace
where e.extname <> 'plpgsql'
