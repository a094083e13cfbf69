-- name: per_author :many
-- A repository without a table of its name.
select a.name, count(*), avg(b.rating) as average, max(b.price) as dearest
from authors a join books b on b.author_id = a.id
group by a.id;
