-- The kinds that are only found and told apart so far. OIDs below 16384 are the server's own.
select i.type as kind, o.class, o.oid, 0 as sub, null::oid as parent,
       i.schema, i.name, i.identity,
       obj_description(o.oid, o.class::regclass::name) as comment,
       o.definition
from (
    select p.tableoid as class, p.oid, concat_ws(' ', p.oprcode::regproc, p.oprrest::regproc,
               p.oprjoin::regproc, p.oprcanmerge, p.oprcanhash, p.oprcom::regoperator,
               p.oprnegate::regoperator) as definition
    from pg_operator p
    union all
    select c.tableoid, c.oid, concat_ws(' ', c.opcdefault, format_type(c.opcintype, null),
               format_type(nullif(c.opckeytype, 0), null),
               (select quote_ident(f.opfname) from pg_opfamily f where f.oid = c.opcfamily))
    from pg_opclass c
    union all
    select f.tableoid, f.oid, concat_ws(' ',
               (select string_agg(concat_ws(' ', a.amopstrategy, a.amopopr::regoperator,
                                            a.amoppurpose), ', '
                                  order by a.amopstrategy, a.amopopr::regoperator::text)
                from pg_amop a where a.amopfamily = f.oid),
               (select string_agg(concat_ws(' ', a.amprocnum, a.amproc::regprocedure), ', '
                                  order by a.amprocnum, a.amproc::regprocedure::text)
                from pg_amproc a where a.amprocfamily = f.oid))
    from pg_opfamily f
    union all
    select c.tableoid, c.oid, concat_ws(' ', nullif(c.castfunc, 0)::regprocedure, c.castcontext,
               c.castmethod)
    from pg_cast c
    union all
    select c.tableoid, c.oid, concat_ws(' ', c.conproc::regproc, c.condefault,
               pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding))
    from pg_conversion c
    union all
    -- The library's version and the encoding are the server's.
    select c.tableoid, c.oid,
           (to_jsonb(c) - 'oid' - 'collnamespace' - 'collowner' - 'collversion')::text
    from pg_collation c
    union all
    select c.tableoid, c.oid, concat_ws(' ',
               (select p.prsname from pg_ts_parser p where p.oid = c.cfgparser),
               (select string_agg(concat_ws(' ', m.maptokentype, m.mapdict::regdictionary), ', '
                                  order by m.maptokentype, m.mapseqno)
                from pg_ts_config_map m where m.mapcfg = c.oid))
    from pg_ts_config c
    union all
    select d.tableoid, d.oid, concat_ws(' ', (select t.tmplname from pg_ts_template t
               where t.oid = d.dicttemplate), d.dictinitoption)
    from pg_ts_dict d
    union all
    select p.tableoid, p.oid, concat_ws(' ', p.prsstart, p.prstoken, p.prsend, p.prsheadline,
               p.prslextype)
    from pg_ts_parser p
    union all
    select t.tableoid, t.oid, concat_ws(' ', t.tmplinit, t.tmpllexize) from pg_ts_template t
    union all
    select f.tableoid, f.oid, concat_ws(' ', nullif(f.fdwhandler, 0)::regproc,
               nullif(f.fdwvalidator, 0)::regproc, f.fdwoptions::text, f.fdwacl::text)
    from pg_foreign_data_wrapper f
    union all
    select s.tableoid, s.oid, concat_ws(' ', (select f.fdwname from pg_foreign_data_wrapper f
               where f.oid = s.srvfdw), s.srvtype, s.srvversion, s.srvoptions::text, s.srvacl::text)
    from pg_foreign_server s
    union all
    -- Without the options: they hold passwords.
    select u.tableoid, u.oid, '' from pg_user_mapping u
    union all
    select l.tableoid, l.oid, concat_ws(' ', l.lanpltrusted, nullif(l.lanplcallfoid, 0)::regproc,
               nullif(l.laninline, 0)::regproc, nullif(l.lanvalidator, 0)::regproc, l.lanacl::text)
    from pg_language l
    union all
    select t.tableoid, t.oid, concat_ws(' ', t.trffromsql::regproc, t.trftosql::regproc)
    from pg_transform t
    union all
    select m.tableoid, m.oid, concat_ws(' ', m.amhandler, m.amtype) from pg_am m
    union all
    select d.tableoid, d.oid,
           (select string_agg(a::text, ', ' order by a::text) from unnest(d.defaclacl) a)
    from pg_default_acl d
) as o
cross join lateral pg_identify_object(o.class, o.oid, 0) as i
where o.oid >= 16384
  and not exists (
      select from member m
      where m.classid = o.class and m.objid = o.oid)
  and coalesce(i.schema, '') not in ('quire', 'information_schema')
