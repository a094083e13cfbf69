-- Queries of the books repository. `quire codegen` makes one typed C function of each.
--
-- :name is a parameter. A line that ends in --? is part of the query only when its parameters are
-- set, so every filter of `search` may be left out.

-- name: search :many
-- Books by any mix of filters, in the order that `sort` chooses, best rated first.
select b.*
from books b
join authors a on a.id = b.author_id
where b.deleted_at is null
  and b.genre = :genre                                                        --?
  and b.author_id = :author_id                                                --?
  and strpos(lower(concat_ws(' ', a.name, a.original_name)), lower(:author)) > 0  --?
  and strpos(lower(b.title), lower(:title)) > 0                               --?
  and b.rating >= :min_rating                                                 --?
  and b.rating <= :max_rating                                                 --?
  and b.price >= :min_price                                                   --?
  and b.price <= :max_price                                                   --?
  and b.available = :available                                                --?
order by
  b.rating desc nulls last, b.id                                              --? sort = top_rated
  b.ratings_count desc, b.id                                                  --? sort = most_rated
  b.title, b.id                                                               --? sort = title
  b.published_year desc nulls last, b.id                                      --? sort = newest
  b.published_year nulls last, b.id                                           --? sort = oldest
  b.price nulls last, b.id                                                    --? sort = cheapest
limit :limit                                                                  --?
offset :offset                                                                --?
;

-- name: find_by_isbn :maybe
select b.*
from books b
where b.isbn = :isbn
  and b.deleted_at is null;

-- name: find_tagged :many
-- Books that carry all of the tags.
select b.*
from books b
where b.tags @> :tags
  and b.deleted_at is null
order by b.title, b.id;

-- name: get_stats :many
-- Per genre: how many books, their average rating and average price; the largest genre first.
select b.genre,
       count(*) as book_count,
       avg(b.rating) as average_rating,
       round(avg(b.price), 2) as average_price
from books b
where b.deleted_at is null
group by b.genre
order by book_count desc, b.genre;

-- name: get_totals :one
-- The same over all books.
select count(*) as book_count,
       count(distinct b.genre) as genre_count,
       count(distinct b.author_id) as author_count,
       count(*) filter (where b.available) as available_count,
       avg(b.rating) as average_rating,
       round(avg(b.price), 2) as average_price,
       min(b.published_year) as oldest_year
from books b
where b.deleted_at is null;

-- name: count_in_genre :value
select count(*)
from books b
where b.genre = :genre
  and b.deleted_at is null;

-- name: get_price :value
-- The price of one book; SQL NULL when it is not for sale.
select b.price
from books b
where b.id = :id
  and b.deleted_at is null;

-- name: set_available :rows
-- Marks many books at once; tells how many there were.
update books
set available = :available,
    updated_at = now()
where id = any (:ids)
  and deleted_at is null;

-- name: add_rating :maybe
-- Adds one reader's stars to the mean.
update books
set rating = (coalesce(rating, 0) * ratings_count + :stars) / (ratings_count + 1),
    ratings_count = ratings_count + 1,
    updated_at = now()
where id = :id
  and deleted_at is null
returning *;
