-- Types that are made of functions of a library: found and told apart, not written.
select case when t.typisdefined then 'base type' else 'shell type' end as kind,
       t.tableoid as class, t.oid, 0 as sub,
       null::oid as parent, s.name as schema, t.typname as name,
       s.quoted || '.' || quote_ident(t.typname) as identity,
       obj_description(t.oid, 'pg_type') as comment,
       concat_ws(' ', t.typlen, t.typbyval, t.typcategory, t.typispreferred, t.typdelim,
           t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout,
           t.typanalyze, t.typalign, t.typstorage, t.typdefault,
           format_type(nullif(t.typelem, 0), null)) as definition
from pg_type t
join user_schema s on s.oid = t.typnamespace
where (t.typtype = 'b' or t.typtype = 'p' and not t.typisdefined)
  -- Array types come with their element.
  and not exists (select from pg_type e where e.typarray = t.oid)
  and not exists (
      select from member m
      where m.classid = t.tableoid and m.objid = t.oid)
