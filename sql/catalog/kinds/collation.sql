-- The library's version and the encoding are the server's. The columns have moved with the versions of
-- PostgreSQL: ICU's locale stood in collcollate until 14, in colliculocale until 16.
select 'collation' as kind, c.tableoid as class, c.oid, 0 as sub,
       null::oid as parent, s.name as schema, c.collname as name,
       s.quoted || '.' || quote_ident(c.collname) as identity,
       obj_description(c.oid, 'pg_collation') as comment,
       case c.collprovider when 'c' then 'libc' when 'i' then 'icu' when 'b' then 'builtin'
           else c.collprovider::text end as provider,
       case when c.collprovider <> 'c'
            then coalesce(j.colllocale, j.colliculocale, c.collcollate) end as locale,
       case when c.collprovider = 'c' then c.collcollate end as lc_collate,
       case when c.collprovider = 'c' then c.collctype end as lc_ctype,
       case when not c.collisdeterministic then 'false' end as deterministic,
       j.collicurules as rules
from pg_collation c
join user_schema s on s.oid = c.collnamespace
cross join lateral jsonb_to_record(to_jsonb(c))
    as j(colllocale text, colliculocale text, collicurules text)
where not exists (
    select from member m
    where m.classid = c.tableoid and m.objid = c.oid)
