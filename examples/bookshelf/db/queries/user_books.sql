-- Queries of the user_books repository: the shelves.

-- name: set_status :one
-- Puts a book on a user's shelf, or moves it: reading sets the start, finished sets the end and
-- 100 percent. Dates that are there already stay.
insert into user_books as ub (user_id, book_id, status, progress, started_on, finished_on)
values (
    :user_id,
    :book_id,
    :status,
    case when :status::reading_status = 'finished' then 100 else 0 end,
    case when :status::reading_status <> 'want_to_read' then current_date end,
    case when :status::reading_status = 'finished' then current_date end
)
on conflict (user_id, book_id) do update
set status = excluded.status,
    progress = greatest(ub.progress, excluded.progress),
    started_on = coalesce(ub.started_on, excluded.started_on),
    finished_on = coalesce(ub.finished_on, excluded.finished_on),
    updated_at = now()
returning *;

-- name: set_progress :maybe
-- Notes how far the reading is, in percent: 100 finishes the book.
update user_books
set progress = :progress,
    status = case when :progress::smallint = 100 then 'finished' else 'reading' end::reading_status,
    started_on = coalesce(started_on, current_date),
    finished_on = case when :progress::smallint = 100 then coalesce(finished_on, current_date) end,
    updated_at = now()
where user_id = :user_id
  and book_id = :book_id
returning *;

-- name: get_status :value
select ub.status
from user_books ub
where ub.user_id = :user_id
  and ub.book_id = :book_id;

-- name: set_review :exec
-- Stars and words; SQL NULL takes them back.
update user_books
set rating = :rating,
    review = :review,
    updated_at = now()
where user_id = :user_id
  and book_id = :book_id;

-- name: add_reading_time :rows
update user_books
set reading_time = reading_time + :spent,
    updated_at = now()
where user_id = :user_id
  and book_id = :book_id;

-- name: shelf :many
-- A user's shelf with its books and their authors, what was touched last first.
select ub.book_id,
       b.title,
       a.name as author,
       b.pages,
       ub.status,
       ub.progress,
       ub.rating,
       ub.review,
       ub.started_on,
       ub.finished_on,
       ub.reading_time
from user_books ub
join books b on b.id = ub.book_id
join authors a on a.id = b.author_id
where ub.user_id = :user_id
  and b.deleted_at is null
  and ub.status = :status                                                     --?
order by ub.updated_at desc, ub.book_id
limit :limit                                                                  --?
;

-- name: count_by_status :many
select ub.status, count(*) as book_count
from user_books ub
where ub.user_id = :user_id
group by ub.status
order by ub.status;

-- name: finished_between :many
-- What a user finished from one day to another, both included.
select ub.*
from user_books ub
where ub.user_id = :user_id
  and ub.finished_on between :first_day and :last_day
order by ub.finished_on, ub.book_id;
