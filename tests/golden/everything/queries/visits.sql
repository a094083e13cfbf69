-- name: create :one
-- A query of this name replaces the generated function.
insert into visits (note) values (:note) returning *;
