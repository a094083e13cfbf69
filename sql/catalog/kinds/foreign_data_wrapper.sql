select 'foreign data wrapper' as kind, f.tableoid as class, f.oid, 0 as sub,
       null::oid as parent, null::name as schema, f.fdwname as name,
       quote_ident(f.fdwname) as identity,
       obj_description(f.oid, 'pg_foreign_data_wrapper') as comment,
       nullif(f.fdwhandler, 0)::regproc as handler,
       nullif(f.fdwvalidator, 0)::regproc as validator,
       (select string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                          order by o.option_name)
        from pg_options_to_table(f.fdwoptions) o) as options
from pg_foreign_data_wrapper f
where f.oid >= 16384
  and not exists (
      select from member m
      where m.classid = f.tableoid and m.objid = f.oid)
