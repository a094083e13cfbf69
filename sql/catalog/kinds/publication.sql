select 'publication' as kind, p.tableoid as class, p.oid, 0 as sub,
       null::oid as parent, null::name as schema, p.pubname as name,
       quote_ident(p.pubname) as identity,
       obj_description(p.oid, 'pg_publication') as comment,
       case when p.puballtables then 'FOR ALL TABLES' end as all_tables,
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
