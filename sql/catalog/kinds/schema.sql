select 'schema' as kind, 'pg_namespace'::regclass::oid as class, s.oid, 0 as sub,
       null::oid as parent, null::name as schema, s.name, s.quoted as identity,
       obj_description(s.oid, 'pg_namespace') as comment
from user_schema s
