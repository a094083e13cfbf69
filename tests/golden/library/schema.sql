create type shelf as enum ('fiction', 'fact');

create table authors (
    id   integer primary key,
    name text not null,
    born date
);

create table books (
    id        integer generated always as identity primary key,
    author_id integer not null references authors (id),
    title     text not null,
    shelf     shelf not null,
    rating    double precision,
    price     numeric,
    tags      text[] not null default '{}'
);
