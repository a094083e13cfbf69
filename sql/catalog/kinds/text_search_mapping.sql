-- Which dictionaries a configuration asks about a kind of token, in which order.
select 'text search mapping' as kind, 'pg_ts_config_map'::regclass::oid as class, c.oid,
       m.maptokentype as sub, c.oid as parent, s.name as schema, t.alias as name,
       t.alias || ' in ' || s.quoted || '.' || quote_ident(c.cfgname) as identity,
       null::text as comment,
       c.tableoid as _parent_class,
       string_agg(quote_ident(n.nspname) || '.' || quote_ident(d.dictname), ', '
                  order by m.mapseqno) as dictionaries
from pg_ts_config c
join user_schema s on s.oid = c.cfgnamespace
join pg_ts_config_map m on m.mapcfg = c.oid
join ts_token_type(c.cfgparser) t on t.tokid = m.maptokentype
join pg_ts_dict d on d.oid = m.mapdict
join pg_namespace n on n.oid = d.dictnamespace
where not exists (
    select from member e
    where e.classid = c.tableoid and e.objid = c.oid)
group by c.oid, c.tableoid, c.cfgname, s.name, s.quoted, m.maptokentype, t.alias
