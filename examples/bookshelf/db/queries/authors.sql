-- Queries of the authors repository.

-- name: search :many
-- Authors with `name` anywhere in their name, in Latin script or their own.
select a.*
from authors a
where a.deleted_at is null
  and strpos(lower(concat_ws(' ', a.name, a.original_name)), lower(:name)) > 0
order by a.name, a.id;

-- name: get_featured :many
-- The n authors with the highest rated books, and the best book of each.
select a.id,
       a.name,
       a.nationality,
       count(*) as book_count,
       max(b.rating) as best_rating,
       (array_agg(b.title order by b.rating desc, b.id))[1] as best_title
from authors a
join books b on b.author_id = a.id
where a.deleted_at is null
  and b.deleted_at is null
  and b.rating is not null
group by a.id
order by best_rating desc, a.id
limit :n;

-- name: get_stats :many
-- Per nationality: how many authors, how many of them are not known to have died, and their books.
select a.nationality,
       count(distinct a.id) as author_count,
       count(distinct a.id) filter (where a.death_date is null) as living_count,
       count(b.id) as book_count,
       avg(b.rating) as average_rating
from authors a
left join books b on b.author_id = a.id and b.deleted_at is null
where a.deleted_at is null
group by a.nationality
order by author_count desc, a.nationality nulls last;

-- name: find_by_name :maybe
-- The author of exactly this name; the one entered first when there are several.
select a.*
from authors a
where a.name = :name
  and a.deleted_at is null
order by a.id
limit 1;

-- name: find_without_books :many
-- Authors of whom the catalogue has nothing, or nothing any more.
select a.id, a.name, b.title as deleted_title
from authors a
left join books b on b.author_id = a.id
where a.deleted_at is null
  and not exists (select from books o where o.author_id = a.id and o.deleted_at is null)
order by a.name, a.id, b.id;
