-- The bookshelf's schema: a catalogue of books, and who reads them.
--
-- This file says what the database is to look like. `quire generate` compares it with the migrations
-- and writes the next one; `quire codegen` turns it into C.

create type reading_status as enum ('want_to_read', 'reading', 'finished', 'abandoned');

comment on type reading_status is 'How far a reader has come with a book.';

create table users (
    id         bigint      generated always as identity primary key,
    public_id  uuid        not null default gen_random_uuid() unique,
    email      text        not null check (email like '_%@_%'),
    name       text        not null check (name <> ''),
    metadata   jsonb       not null default '{}' check (jsonb_typeof(metadata) = 'object'),
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz
);

comment on table users is 'People who keep a shelf.';
comment on column users.public_id is 'Stands for the user in links; id never leaves the system.';
comment on column users.email is 'As the user wrote it; unique among users that are not deleted, in any case.';
comment on column users.metadata is 'Settings and whatever else has no column: language, theme, ...';
comment on column users.deleted_at is 'When the user was deleted; NULL: still here.';

create unique index users_email_key on users (lower(email)) where deleted_at is null;
create index users_metadata_idx on users using gin (metadata jsonb_path_ops);

create table authors (
    id            bigint      generated always as identity primary key,
    name          text        not null check (name <> ''),
    original_name text,
    biography     text,
    nationality   text,
    birth_date    date,
    death_date    date,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now(),
    deleted_at    timestamptz,
    constraint authors_life_check check (death_date >= birth_date)
);

comment on table authors is 'Who wrote the books.';
comment on column authors.name is 'As it stands on English editions.';
comment on column authors.original_name is 'In the script of the author''s own language, where that is not Latin.';
comment on column authors.nationality is 'In English, as an adjective; NULL when it is not known.';
comment on column authors.birth_date is 'NULL when the exact day is not known.';
comment on column authors.death_date is 'NULL when the author lives, or the exact day is not known.';

create index authors_name_idx on authors (name) where deleted_at is null;
create index authors_nationality_idx on authors (nationality) where deleted_at is null;

create table books (
    id             bigint           generated always as identity primary key,
    author_id      bigint           not null references authors (id) on delete restrict,
    title          text             not null check (title <> ''),
    isbn           text             unique check (isbn ~ '^97[89][0-9]{10}$'),
    genre          text             not null,
    pages          integer          not null default 0 check (pages >= 0),
    published_year smallint,
    published_on   date,
    price          numeric(10, 2)   check (price >= 0),
    rating         double precision check (rating between 0 and 5),
    ratings_count  integer          not null default 0 check (ratings_count >= 0),
    available      boolean          not null default true,
    tags           text[]           not null default '{}',
    metadata       jsonb            not null default '{}',
    created_at     timestamptz      not null default now(),
    updated_at     timestamptz      not null default now(),
    deleted_at     timestamptz,
    constraint books_published_check check (extract(year from published_on) = published_year),
    constraint books_rating_has_count check (rating is null or ratings_count > 0)
);

comment on table books is 'The catalogue.';
comment on column books.isbn is 'ISBN-13 without hyphens of the edition on the shelf; NULL when it has none.';
comment on column books.pages is '0 when nobody has counted them yet.';
comment on column books.published_year is 'Of the first publication, whatever the edition; negative: BC.';
comment on column books.published_on is 'The day of the first publication, where it is known.';
comment on column books.price is 'In euros; NULL when the book is not for sale.';
comment on column books.rating is 'The mean of all ratings, 0 to 5; NULL before the first one.';
comment on column books.available is 'Whether it can be had now.';

create index books_author_id_idx on books (author_id);
create index books_genre_rating_idx on books (genre, rating desc nulls last, id) where deleted_at is null;
create index books_rating_idx on books (rating desc nulls last, id) where deleted_at is null;
create index books_title_idx on books (title, id) where deleted_at is null;
create index books_price_idx on books (price, id) where deleted_at is null;
create index books_tags_idx on books using gin (tags);

create table user_books (
    user_id      bigint         not null references users (id) on delete cascade,
    book_id      bigint         not null references books (id) on delete restrict,
    status       reading_status not null default 'want_to_read',
    progress     smallint       not null default 0 check (progress between 0 and 100),
    rating       smallint       check (rating between 1 and 5),
    review       text,
    started_on   date,
    finished_on  date,
    reading_time interval       not null default '0',
    created_at   timestamptz    not null default now(),
    updated_at   timestamptz    not null default now(),
    primary key (user_id, book_id),
    constraint user_books_dates_check check (finished_on >= started_on)
);

comment on table user_books is 'The shelves: which user has which book, and how far the reading is.';
comment on column user_books.progress is 'In percent.';
comment on column user_books.rating is 'Stars, 1 to 5; NULL: not rated.';
comment on column user_books.reading_time is 'Time spent with the book so far.';

create index user_books_book_id_idx on user_books (book_id);
create index user_books_shelf_idx on user_books (user_id, status, updated_at desc);
