-- Names, types and collations of a view's columns are a part of the view.
select 'view column' as kind,
       'pg_class'::regclass::oid as class, a.attrelid as oid, a.attnum as sub,
       r.oid as parent, r.schema, a.attname as name,
       r.identity || '.' || quote_ident(a.attname) as identity,
       col_description(a.attrelid, a.attnum) as comment,
       a.atttypid as _type, a.atttypmod as _modifier,
       format_type(a.atttypid, a.atttypmod) as _type_text,
       case when a.attcollation <> t.typcollation then
           (select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
            from pg_collation l join pg_namespace n on n.oid = l.collnamespace
            where l.oid = a.attcollation) end as _collation,
       pg_get_expr(f.adbin, f.adrelid) as default,
       case t.typstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL'
           when 'm' then 'MAIN' else 'EXTENDED' end as _type_storage,
       case when a.attstorage <> t.typstorage then
           case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL'
                when 'm' then 'MAIN' else 'EXTENDED' end end as storage,
       -- Since PostgreSQL 14.
       nullif(j.attcompression, '') as compression,
       -- -1 until PostgreSQL 16, NULL since 17.
       nullif(j.attstattarget, -1) as statistics,
       (select string_agg(o.text, ', ' order by o.place)
        from unnest(a.attoptions) with ordinality as o(text, place)
        where o.text not like 'pg\_attver=%') as options
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
cross join lateral jsonb_to_record(to_jsonb(a)) as j(attcompression text, attstattarget int)
left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
where r.relkind in ('v', 'm')
