select 'publication' as kind, p.tableoid as class, p.oid, 0 as sub,
       null::oid as parent, null::name as schema, p.pubname as name,
       quote_ident(p.pubname) as identity,
       obj_description(p.oid, 'pg_publication') as comment,
       case when p.puballtables then 'FOR ALL TABLES' end as all_tables,
       (select string_agg(s.quoted || '.' || quote_ident(c.relname)
-- since 15:   || coalesce(' (' || (
-- since 15:          select string_agg(quote_ident(a.attname), ', ' order by a.attnum)
-- since 15:          from pg_attribute a
-- since 15:          where a.attrelid = c.oid and a.attnum = any (t.prattrs)) || ')', '')
-- since 15:   || coalesce(' WHERE (' || pg_get_expr(t.prqual, t.prrelid) || ')', '')
                   , ', ' order by s.quoted, c.relname)
        from pg_publication_rel t
        join pg_class c on c.oid = t.prrelid
        join user_schema s on s.oid = c.relnamespace
        where t.prpubid = p.oid) as tables,
-- since 15:  (select string_agg(s.quoted, ', ' order by s.quoted)
-- since 15:   from pg_publication_namespace n join user_schema s on s.oid = n.pnnspid
-- since 15:   where n.pnpubid = p.oid) as schemas,
       nullif(concat_ws(', ', case when p.pubinsert then 'insert' end,
                        case when p.pubupdate then 'update' end,
                        case when p.pubdelete then 'delete' end,
                        case when p.pubtruncate then 'truncate' end),
              'insert, update, delete, truncate') as publish,
       case when p.pubviaroot then 'true' end as publish_via_partition_root,
       -- Since PostgreSQL 18.
       case when to_jsonb(p) ->> 'pubgencols' = 's' then 'stored' end as publish_generated_columns
from pg_publication p
where not exists (
    select from member m
    where m.classid = p.tableoid and m.objid = p.oid)
