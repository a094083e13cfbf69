select 'server' as kind, s.tableoid as class, s.oid, 0 as sub,
       null::oid as parent, null::name as schema, s.srvname as name,
       quote_ident(s.srvname) as identity,
       obj_description(s.oid, 'pg_foreign_server') as comment,
       (select quote_ident(f.fdwname) from pg_foreign_data_wrapper f where f.oid = s.srvfdw)
           as wrapper,
       s.srvtype as type,
       s.srvversion as version,
       (select string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                          order by o.option_name)
        from pg_options_to_table(s.srvoptions) o) as options
from pg_foreign_server s
where s.oid >= 16384
  and not exists (
      select from member m
      where m.classid = s.tableoid and m.objid = s.oid)
