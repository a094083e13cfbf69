select x.kind, x.class, x.oid, 0 as sub,
       null::oid as parent, s.name as schema, x.name,
       s.quoted || '.' || quote_ident(x.name) as identity,
       obj_description(x.oid, x.class::regclass::name) as comment,
       x.parser, x.template, x.options, x.functions
from (
    select 'text search configuration' as kind, c.tableoid as class, c.oid, c.cfgnamespace as place,
           c.cfgname as name,
           (select quote_ident(n.nspname) || '.' || quote_ident(p.prsname)
            from pg_ts_parser p join pg_namespace n on n.oid = p.prsnamespace
            where p.oid = c.cfgparser) as parser,
           null::text as template, null::text as options, null::text as functions
    from pg_ts_config c
    union all
    select 'text search dictionary', d.tableoid, d.oid, d.dictnamespace, d.dictname, null,
           (select quote_ident(n.nspname) || '.' || quote_ident(t.tmplname)
            from pg_ts_template t join pg_namespace n on n.oid = t.tmplnamespace
            where t.oid = d.dicttemplate),
           d.dictinitoption, null
    from pg_ts_dict d
    union all
    select 'text search parser', p.tableoid, p.oid, p.prsnamespace, p.prsname, null, null, null,
           concat_ws(', ', 'START = ' || p.prsstart, 'GETTOKEN = ' || p.prstoken,
               'END = ' || p.prsend, 'LEXTYPES = ' || p.prslextype,
               'HEADLINE = ' || nullif(p.prsheadline, 0)::regproc)
    from pg_ts_parser p
    union all
    select 'text search template', t.tableoid, t.oid, t.tmplnamespace, t.tmplname, null, null, null,
           concat_ws(', ', 'INIT = ' || nullif(t.tmplinit, 0)::regproc, 'LEXIZE = ' || t.tmpllexize)
    from pg_ts_template t) as x
join user_schema s on s.oid = x.place
where not exists (
    select from member m
    where m.classid = x.class and m.objid = x.oid)
