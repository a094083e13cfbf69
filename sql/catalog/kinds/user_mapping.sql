-- Of what could be a password only the name is read. The options are hidden from most roles.
select 'user mapping' as kind, 'pg_user_mapping'::regclass::oid as class, u.umid as oid, 0 as sub,
       null::oid as parent, null::name as schema, u.usename as name,
       'FOR ' || case u.umuser when 0 then 'PUBLIC' else quote_ident(u.usename) end
           || ' SERVER ' || quote_ident(u.srvname) as identity,
       null::text as comment,
       string_agg(quote_ident(o.option_name) || ' ' || quote_literal(o.option_value), ', '
                  order by o.option_name)
           filter (where o.option_name !~* 'pass|secret|key|token|credential') as options,
       string_agg(quote_ident(o.option_name), ', ' order by o.option_name)
           filter (where o.option_name ~* 'pass|secret|key|token|credential') as secret_options
from pg_user_mappings u
left join lateral pg_options_to_table(u.umoptions) o on true
where not exists (
    select from member m
    where m.classid = 'pg_user_mapping'::regclass and m.objid = u.umid)
group by u.umid, u.umuser, u.usename, u.srvname
