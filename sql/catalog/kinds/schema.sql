select 'schema' as kind, 'pg_namespace'::regclass::oid as class, s.oid, 0 as sub,
       null::oid as parent, null::name as schema, s.name, s.quoted as identity,
       obj_description(s.oid, 'pg_namespace') as comment,
       (select string_agg(a::text, ', ' order by a::text) from unnest(s.acl) a) as privileges
from user_schema s
