-- Queries of the users repository.

-- name: find_by_email :maybe
-- The case of the address does not count.
select u.*
from users u
where lower(u.email) = lower(:email)
  and u.deleted_at is null;

-- name: find_by_public_id :maybe
select u.*
from users u
where u.public_id = :public_id
  and u.deleted_at is null;

-- name: find_by_metadata :many
-- Users whose metadata contains this object: '{"language": "pl"}'.
select u.*
from users u
where u.metadata @> :metadata
  and u.deleted_at is null
order by u.id;

-- name: merge_metadata :one
-- Sets the members of `patch` and keeps the others.
update users
set metadata = metadata || :patch,
    updated_at = now()
where id = :id
  and deleted_at is null
returning *;

-- name: count_active :value
-- How many users have touched their shelf since then.
select count(distinct ub.user_id)
from user_books ub
join users u on u.id = ub.user_id
where ub.updated_at >= :since
  and u.deleted_at is null;

-- name: get_activity :many
-- What each user has on the shelf; users without books too.
select u.id,
       u.name,
       count(ub.book_id) as book_count,
       count(*) filter (where ub.status = 'finished') as finished_count,
       sum(ub.reading_time) as reading_time,
       max(ub.finished_on) as last_finished_on
from users u
left join user_books ub on ub.user_id = u.id
where u.deleted_at is null
group by u.id
order by u.name, u.id;
