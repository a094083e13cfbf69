-- What a query file can say.

-- name: search :many
-- Books by any mix of filters.
--
-- The filters are independent of each other.
select b.*
from books b
where true -- a comment that goes
  and b.shelf = :shelf              --?
  and b.title ilike '%' || :title || '%'  --?
  and b.rating between :low and :high --?
  and b.tags @> :tags               --?
order by
  b.title, b.id                     --? sort = title
  b.rating desc nulls last, b.id    --? sort = top_rated
limit :limit;                       --?

-- name: page :many
select b.id, b.title from books b where b.id > :after order by b.id limit :size

-- name: both :many
-- Arguments and optional lines.
select b.*
from books b
where b.author_id = :author_id
  and b.rating >= :min_rating --?
;

-- name: joined :many
select b.title, a.name as author, a.born, p.title as "other!", p.rating as "rate?"
from books b
join authors a on a.id = b.author_id
left join books p on p.author_id = a.id;

-- name: set_price :rows
update books set price = :price where id = :id;

-- name: price :value
select price from books where id = :id;

-- name: titles :value
select array_agg(title) from books;

-- name: count :value
select count(*) from books where shelf = :shelf or :shelf::shelf is null;

-- name: shelf_of :value
select shelf from books where id = :id;

-- name: by_title :maybe
select * from books where title = :title limit 1;

-- name: latest :one
select * from books order by id desc limit 1;

-- name: forget :exec
delete from books where shelf = any (:shelves);

-- name: ping :exec
select pg_notify('books', :payload);

-- name: echo :one
-- Strings and operators that look like parameters are none.
select ':no' as a, $$ :no $$ as b, '12:30'::time as c, (array[1, 2, 3])[1:2] as d, /* :no */ :yes::text as out,
  'a
  :no --? not a mark
  b' as e;

-- name: GetOld :one
-- sqlc's way of writing.
select * from books where id = $1 and title = @title and shelf = sqlc.arg('shelf')
  and price = sqlc.narg(price);
