select 'column' as kind,
       'pg_class'::regclass::oid as class, a.attrelid as oid, a.attnum as sub,
       r.oid as parent, r.schema, a.attname as name,
       r.identity || '.' || quote_ident(a.attname) as identity,
       col_description(a.attrelid, a.attnum) as comment,
       a.atttypid as _type, a.atttypmod as _modifier,
       format_type(a.atttypid, a.atttypmod) as type,
       case when a.attcollation <> t.typcollation then
           (select quote_ident(n.nspname) || '.' || quote_ident(l.collname)
            from pg_collation l join pg_namespace n on n.oid = l.collnamespace
            where l.oid = a.attcollation) end as collation,
       case when a.attnotnull then 'NOT NULL' end as not_null,
       -- PostgreSQL 18 names them; only a name that it would not choose itself counts.
       case when n.conname <> r.relname || '_' || a.attname || '_not_null'
            then quote_ident(n.conname) end as not_null_constraint,
       case when n.connoinherit or not n.convalidated
            then concat_ws(' ', case when n.connoinherit then 'NO INHERIT' end,
                           case when not n.convalidated then 'NOT VALID' end)
            end as not_null_options,
       obj_description(n.oid, 'pg_constraint') as not_null_comment,
       case when a.attgenerated = '' then pg_get_expr(f.adbin, f.adrelid, true) end as default,
       case when a.attgenerated <> '' then pg_get_expr(f.adbin, f.adrelid, true) end as generated,
       case a.attgenerated when 's' then 'STORED' when 'v' then 'VIRTUAL' end as generated_as,
       case a.attidentity when 'a' then 'ALWAYS' when 'd' then 'BY DEFAULT' end as identity_kind,
       i.sequence as _identity_sequence,
       i.options as identity_options,
       case when a.attstorage <> t.typstorage then
           case a.attstorage when 'p' then 'PLAIN' when 'e' then 'EXTERNAL'
                when 'm' then 'MAIN' else 'EXTENDED' end end as storage,
       -- Since PostgreSQL 14.
       nullif(j.attcompression, '') as compression,
       -- -1 until PostgreSQL 16, NULL since 17.
       nullif(j.attstattarget, -1) as statistics,
       -- PostgreSQL keeps a number of its own among them since 15.20; pg_dump leaves it out too.
       (select string_agg(o.text, ', ' order by o.place)
        from unnest(a.attoptions) with ordinality as o(text, place)
        where o.text not like 'pg\_attver=%') as options,
       (select string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                          order by o.option_name)
        from pg_options_to_table(a.attfdwoptions) o) as foreign_options,
       case when a.attinhcount > 0 then
           case when a.attislocal then 'merged' else 'inherited' end end as inheritance
from relation r
join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
join pg_type t on t.oid = a.atttypid
cross join lateral jsonb_to_record(to_jsonb(a)) as j(attcompression text, attstattarget int)
left join pg_constraint n on n.contype = 'n' and n.conrelid = a.attrelid
    and n.conkey = array[a.attnum]
left join pg_attrdef f on f.adrelid = a.attrelid and f.adnum = a.attnum
left join lateral (
    select s.identity as sequence,
           concat_ws(' ',
               case when s.relname <> r.relname || '_' || a.attname || '_seq'
                      or s.relnamespace <> r.relnamespace
                    then 'SEQUENCE NAME ' || s.identity end,
               'START WITH ' || o.start, 'INCREMENT BY ' || o.increment,
               'MINVALUE ' || o.minimum, 'MAXVALUE ' || o.maximum,
               'CACHE ' || o.cache, o.cycle) as options
    from pg_depend d
    join relation s on s.oid = d.objid
    join sequence_option o on o.oid = s.oid
    where d.classid = 'pg_class'::regclass and d.deptype = 'i'
      and d.refclassid = 'pg_class'::regclass
      and d.refobjid = a.attrelid and d.refobjsubid = a.attnum) i on a.attidentity <> ''
where r.relkind in ('r', 'p', 'f')
